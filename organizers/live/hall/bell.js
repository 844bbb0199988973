// The hall's bell: a tone of the browser's own, no file. A browser sounds nothing before the page was
// once clicked or a key pressed on it; until then the screen says so.

const TONES = { short: [0.35], long: [2.2], test: [0.35, 1.2] };
let audio = null;

function isArmed() {
  return audio !== null && audio.state === "running";
}

function armBell() {
  const Sound = window.AudioContext || window.webkitAudioContext;
  if (!Sound) return;
  if (!audio) audio = new Sound();
  audio.resume().then(sayBell, sayBell);
}

export function ringBell(which) {
  document.documentElement.dataset.rang = which;
  if (!isArmed()) return;
  let at = audio.currentTime + 0.02;
  for (const seconds of TONES[which]) {
    tone(at, seconds);
    at += seconds + 0.25;
  }
}

// Two close tones, as a bell has, that fade.
function tone(at, seconds) {
  for (const [hertz, loud] of [
    [1568, 0.5],
    [2093, 0.25],
  ]) {
    const source = audio.createOscillator();
    const gain = audio.createGain();
    source.frequency.value = hertz;
    gain.gain.setValueAtTime(loud, at);
    gain.gain.exponentialRampToValueAtTime(0.001, at + seconds);
    source.connect(gain).connect(audio.destination);
    source.start(at);
    source.stop(at + seconds);
  }
}

export function sayBell() {
  const word = document.getElementById("bell");
  if (word) word.hidden = isArmed();
}

for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, armBell);
