// Inside Streamlit, a lost connection makes the page inert and opens an English dialog: from
// then on every tap would be lost. Both are undone; our own banner says what there is to say.

export function keepAlive() {
  function undo() {
    const blocked = document.querySelectorAll("[inert], [aria-hidden='true'][data-testid='stApp']");
    Array.prototype.forEach.call(blocked, (node) => {
      node.removeAttribute("inert");
      node.removeAttribute("aria-hidden");
    });
    const dialogs = document.querySelectorAll("[data-testid='stDialog'], [role='dialog']");
    Array.prototype.forEach.call(dialogs, (node) => {
      const close = node.querySelector("button[aria-label='Close']");
      if (close) close.click();
    });
  }
  undo();
  const watch = new MutationObserver(undo);
  watch.observe(document.documentElement, {
    attributes: true,
    attributeFilter: ["inert", "aria-hidden"],
    childList: true,
    subtree: true,
  });
  const root = document.documentElement;
  const before = root.style.overscrollBehavior;
  // A page pulled down reloads, and would be gone where there is no network.
  root.style.overscrollBehavior = "none";
  return () => {
    root.style.overscrollBehavior = before;
    watch.disconnect();
  };
}

// The screen stays on where the browser allows it; says whether: "on", "off" or "" (not yet).
export function stayAwake(tell) {
  if (!navigator.wakeLock) {
    tell("off");
    return () => {};
  }
  let lock = null;
  const ask = () => {
    if (document.visibilityState !== "visible") return;
    navigator.wakeLock.request("screen").then(
      (got) => {
        lock = got;
        tell("on");
      },
      () => tell("off"),
    );
  };
  ask();
  document.addEventListener("visibilitychange", ask);
  return () => {
    document.removeEventListener("visibilitychange", ask);
    if (lock) lock.release();
  };
}

// A reload without a network shows the browser's own error page: it asks before it does so.
export function warnBeforeReload(isCut) {
  const warn = (event) => {
    if (!isCut()) return;
    event.preventDefault();
    event.returnValue = "";
  };
  window.addEventListener("beforeunload", warn);
  return () => window.removeEventListener("beforeunload", warn);
}

// Under TLS the browser keeps the page, so that it opens without a network, reload included.
export function keepPage() {
  if (!navigator.serviceWorker) return;
  navigator.serviceWorker
    .register("/pad/worker.js", { scope: "/pad" })
    .then(() => caches.open("arena-pad"))
    .then((kept) => kept.add(window.location.href))
    .catch(() => {});
}
