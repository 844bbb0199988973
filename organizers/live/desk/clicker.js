// The clicker's key for the next page presses the next step, once for each button that is shown:
// not while a dialog is open, a field has the focus, or the key is held down.

const BUTTON = ".st-key-next-step [data-testid='stBaseButton-primary']";
const TYPED = "input, textarea, select, [contenteditable='true']";

export default function clicker() {
  const press = (event) => {
    if (event.key !== "PageDown" || event.repeat || event.ctrlKey || event.altKey) return;
    if (document.querySelector("[data-testid='stDialog']") || event.target.closest(TYPED)) return;
    const button = document.querySelector(BUTTON);
    event.preventDefault();
    if (button && !button.disabled) button.click();
  };
  document.addEventListener("keydown", press);
  return () => document.removeEventListener("keydown", press);
}
