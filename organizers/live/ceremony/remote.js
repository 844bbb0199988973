// A presenter's remote: its two keys press the buttons of the next step and of the one before, once
// for each press: not while a dialog is open, a field has the focus, or the key is held down.

const BUTTONS = {
  PageDown: ".st-key-ceremony-next button",
  ArrowRight: ".st-key-ceremony-next button",
  PageUp: ".st-key-ceremony-back button",
  ArrowLeft: ".st-key-ceremony-back button",
};
const TYPED = "input, textarea, select, [contenteditable='true']";

export default function remote() {
  const press = (event) => {
    const wanted = BUTTONS[event.key];
    if (!wanted || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
    if (document.querySelector("[data-testid='stDialog']") || event.target.closest(TYPED)) return;
    const button = document.querySelector(wanted);
    event.preventDefault();
    if (button && !button.disabled) button.click();
  };
  document.addEventListener("keydown", press);
  return () => document.removeEventListener("keydown", press);
}
