// What a printed page must not have: a dark ground, a chart drawn for the dark, rows hidden in a list.
() => {
  const light = ["rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"];
  const grounds = "html, body, #root, #root > div, main, .a-scroll, canvas, svg.marks";
  return [...document.querySelectorAll(grounds)]
    .filter((one) => one.getBoundingClientRect().height > 0)
    .filter(
      (one) =>
        one.matches("canvas, svg.marks") ||
        !light.includes(getComputedStyle(one).backgroundColor) ||
        (one.matches(".a-scroll") && one.scrollHeight > one.clientHeight + 2),
    )
    .map((one) => `${one.tagName}.${one.className}`);
};
