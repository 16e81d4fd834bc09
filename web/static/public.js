// The pages work without this. It makes leaving faster, and puts the focus where a mistake is told.
"use strict";
(() => {
  const exit = document.querySelector("[data-exit]");

  function leave() {
    document.documentElement.hidden = true;
    // Wipes the draft and the cookie; goes on in the background while the other page loads.
    try { fetch("/leave", { keepalive: true, redirect: "manual" }).catch(() => {}); } catch { /* an old browser */ }
    window.location.replace(exit.dataset.exit);
  }

  if (exit) {
    exit.addEventListener("click", (event) => {
      event.preventDefault();
      leave();
    });
    // Shift three times within two seconds. Not Escape: it is pressed by mistake, and browsers use it.
    let presses = [];
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Shift") {
        presses = [];
      } else if (!event.repeat) {
        presses = [...presses, event.timeStamp].filter((at) => event.timeStamp - at < 2000);
        if (presses.length >= 3) leave();
      }
    });
    // A page that the back button brings back from memory may hold words: ask for it anew.
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) window.location.reload();
    });
  }

  // A code that came behind the # of a link: into the field, and out of the address.
  const code = document.querySelector("[data-code]");
  if (code && window.location.hash.length > 1) {
    code.value = window.location.hash.slice(1);
    window.history.replaceState(null, "", window.location.pathname);
  }

  document.querySelector("[data-focus]")?.focus();

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, 5000);
  });
})();
