// A clock counted on between two answers of the server, by the browser's steady clock. A wall clock
// that jumps, a network that is lost and a server that restarts do not disturb it.

export function makeTicker(now) {
  const steady = now || (() => performance.now());
  let run = null;
  let since = 0;

  function elapsed() {
    return run.elapsed + (run.state === "running" ? steady() - since : 0);
  }

  function isSame(other) {
    return ["number", "phase", "take", "rev"].every((name) => run[name] === other[name]);
  }

  return {
    // What the server answered; null where no time is taken. An answer that was long on its way
    // never sets a running clock back.
    hear(clock) {
      if (run && clock && isSame(clock) && clock.elapsed <= elapsed()) return;
      run = clock;
      since = steady();
    },

    // What is shown now; null where no time is taken.
    look() {
      if (!run) return null;
      const used = Math.floor(elapsed() / 1000);
      const over = Math.max(0, used - run.limit);
      const left = Math.max(0, run.limit - used);
      return {
        run,
        used,
        over,
        left,
        text: over ? `+${spellTime(over)}` : spellTime(left),
        isLast: left <= run.warning && !over,
      };
    },
  };
}

export function spellTime(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

// Which bell rings between two looks at the same running clock: short at T-30 s, long at the end.
export function bellBetween(before, after) {
  if (!before || !after || after.run.state !== "running") return "";
  const isSame = ["number", "phase", "take"].every((name) => before.run[name] === after.run[name]);
  if (!isSame) return "";
  const passed = (mark) => before.used < mark && after.used >= mark;
  if (passed(after.run.limit)) return "long";
  return passed(after.run.limit - after.run.warning) ? "short" : "";
}
