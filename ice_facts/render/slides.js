"use strict";
// Right, Space, PageDown: on. Left, PageUp: back. Home, End. N: notes. F: full screen. Escape: all slides.
(() => {
  const slides = [...document.querySelectorAll(".slide")];
  const notes = slides.map((slide) => document.getElementById(`${slide.id}-notes`));
  const body = document.body;
  let now = 0;
  const fit = () => {
    body.style.setProperty("--fit", Math.min(innerWidth / 1280, innerHeight / 720));
  };
  const go = (number) => {
    now = Math.max(0, Math.min(slides.length - 1, number));
    slides.forEach((slide, n) => slide.classList.toggle("now", n === now));
    notes.forEach((note, n) => note && note.classList.toggle("now", n === now));
    if (body.classList.contains("show")) history.replaceState(null, "", `#${slides[now].id}`);
  };
  const show = (wanted) => {
    body.classList.toggle("show", wanted);
    fit();
    go(now);
    if (!wanted) slides[now].scrollIntoView();
  };
  const keys = {
    ArrowRight: () => go(now + 1), ArrowDown: () => go(now + 1), PageDown: () => go(now + 1), " ": () => go(now + 1),
    ArrowLeft: () => go(now - 1), ArrowUp: () => go(now - 1), PageUp: () => go(now - 1),
    Home: () => go(0), End: () => go(slides.length - 1),
    n: () => body.classList.toggle("telling"), N: () => body.classList.toggle("telling"),
    f: () => document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen(),
    Escape: () => show(!body.classList.contains("show")),
  };
  addEventListener("keydown", (event) => {
    const act = keys[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  });
  addEventListener("resize", fit);
  document.querySelectorAll(".slide").forEach((slide, n) => slide.addEventListener("click", () => {
    if (body.classList.contains("show")) go(n + 1);
  }));
  const wanted = slides.findIndex((slide) => `#${slide.id}` === location.hash);
  now = Math.max(0, wanted);
  show(!location.search.includes("all"));
})();
