// Draws a tree of plain objects into the page and keeps the nodes that stay: a node that was
// replaced between a finger's touch and its lifting would swallow the tap.

const SVG = "http://www.w3.org/2000/svg";

// h("button", {cls: "key", on: {click: …}}, "19.5"); `key` tells siblings apart.
export function h(tag, attrs, ...children) {
  return { tag, attrs: attrs || {}, children: flat(children) };
}

function flat(children) {
  const found = [];
  for (const child of children) {
    if (Array.isArray(child)) found.push(...flat(child));
    else if (child !== null && child !== undefined && child !== false) found.push(child);
  }
  return found;
}

export function draw(parent, children) {
  flat([children]).forEach((child, place) => drawOne(parent, child, place));
  const count = flat([children]).length;
  while (parent.childNodes.length > count) parent.removeChild(parent.lastChild);
}

function drawOne(parent, child, place) {
  const there = parent.childNodes[place];
  if (typeof child !== "object") {
    const text = String(child);
    if (there && there.nodeType === 3) {
      if (there.data !== text) there.data = text;
    } else {
      put(parent, document.createTextNode(text), there);
    }
    return;
  }
  let node = there;
  if (!node || node.padTag !== child.tag || node.padKey !== child.attrs.key) {
    const isSvg = child.tag === "svg" || parent.namespaceURI === SVG;
    node = isSvg ? document.createElementNS(SVG, child.tag) : document.createElement(child.tag);
    node.padTag = child.tag;
    node.padKey = child.attrs.key;
    put(parent, node, there);
  }
  setAttributes(node, child.attrs);
  if (child.attrs.html === undefined) draw(node, child.children);
}

function put(parent, node, there) {
  if (there) parent.replaceChild(node, there);
  else parent.appendChild(node);
}

function setAttributes(node, attrs) {
  const before = node.padAttrs || {};
  for (const name of Object.keys(before)) {
    if (!(name in attrs)) setOne(node, name, undefined);
  }
  for (const name of Object.keys(attrs)) {
    if (name === "on") listen(node, attrs.on);
    else if (attrs[name] !== before[name]) setOne(node, name, attrs[name]);
  }
  if (!attrs.on) node.padOn = {};
  node.padAttrs = attrs;
}

function setOne(node, name, value) {
  if (name === "key" || name === "on") return;
  if (name === "html") node.innerHTML = value === undefined ? "" : value;
  else if (name === "value") {
    if (node.value !== value) node.value = value === undefined ? "" : value;
  } else {
    const attribute = name === "cls" ? "class" : name;
    if (value === undefined || value === null || value === false) node.removeAttribute(attribute);
    else node.setAttribute(attribute, value === true ? "" : String(value));
  }
}

function listen(node, handlers) {
  const known = node.padKnown || (node.padKnown = {});
  node.padOn = handlers;
  for (const name of Object.keys(handlers)) {
    if (known[name]) continue;
    known[name] = true;
    node.addEventListener(name, (event) => {
      const handler = node.padOn && node.padOn[name];
      if (handler) handler(event);
    });
  }
}
