// The files of the bundle against the list in the page: chosen one by one, as a folder, or packed. ES5.
// biome-ignore lint/correctness/noUnusedVariables: page.js uses it
var Files = (function () {
  "use strict";

  var MANIFEST = "manifest.json";

  function hashed(data) {
    return Hashing.hex(Hashing.sha256(data));
  }

  /** One file that was chosen alone: by its hash, else by its name. */
  function single(listed, name, data) {
    var hash = hashed(data);
    function first(test) {
      return listed.filter(test)[0];
    }
    var same = first(function (one) {
      return one.sha256 === hash;
    });
    var other = first(function (one) {
      return one.path.split("/").pop() === name;
    });
    if (same) return { key: "file_same", path: same.path, isSame: true };
    if (other) return { key: "file_other", path: other.path, isSame: false };
    return { key: "file_unknown", path: name, isSame: false };
  }

  /** What of a whole bundle differs from the page's list, or from its own manifest. */
  function whole(listed, files) {
    var found = {},
      wanted = {},
      faults = [];
    files.forEach(function (one) {
      found[one.path] = hashed(one.data);
    });
    listed.forEach(function (one) {
      wanted[one.path] = one.sha256;
    });
    var manifest = files.filter(function (one) {
      return one.path === MANIFEST;
    })[0];
    if (manifest)
      listedIn(manifest.data).forEach(function (one) {
        if (!wanted[one.path]) wanted[one.path] = one.sha256;
        else if (wanted[one.path] !== one.sha256) faults.push(fault("file_other", MANIFEST));
      });
    else faults.push(fault("file_missing", MANIFEST));
    Object.keys(wanted).forEach(function (path) {
      if (!found[path]) faults.push(fault("file_missing", path));
      else if (found[path] !== wanted[path]) faults.push(fault("file_other", path));
    });
    Object.keys(found).forEach(function (path) {
      if (!wanted[path] && path !== MANIFEST) faults.push(fault("file_added", path));
    });
    return {
      count: Object.keys(wanted).length,
      faults: faults,
      manifest: manifest ? found[MANIFEST] : "",
    };
  }

  function fault(key, path) {
    return { key: key, path: path, isSame: false };
  }

  function listedIn(data) {
    var text = "";
    for (var i = 0; i < data.length; i++) text += String.fromCharCode(data[i]);
    try {
      return JSON.parse(decodeURIComponent(escape(text))).files;
    } catch (_) {
      return [];
    }
  }

  return { single: single, whole: whole };
})();
