// What a page of the desk does beyond links and forms. Every page works without it.
"use strict";

// A line or figure and its box on the picture are chosen together; each names the other in data-for.
function choose(element) {
  for (const chosen of document.querySelectorAll(".is-chosen")) chosen.classList.remove("is-chosen");
  const other = document.getElementById(element.dataset.for);
  for (const each of [element, other]) {
    if (!each) continue;
    each.classList.add("is-chosen");
    each.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
}

document.addEventListener("click", (event) => {
  const box = event.target.closest("[data-for]");
  const link = event.target.closest("a");
  if (!box || (link && !link.hash)) return;
  if (link) event.preventDefault();
  choose(box);
});

const asked = location.hash && document.getElementById(location.hash.slice(1));
if (asked && asked.dataset.for) choose(asked);

for (const jump of document.querySelectorAll("select[data-address]")) {
  jump.addEventListener("change", () => { location.href = jump.dataset.address + jump.value + jump.dataset.rest; });
}

for (const tools of document.querySelectorAll("[data-zoom]")) {
  const paper = tools.parentElement.querySelector(".paper");
  let zoom = 1;
  tools.hidden = false;
  tools.addEventListener("click", (event) => {
    const by = Number(event.target.dataset.by || 0);
    paper.classList.remove(`zoom-${zoom}`);
    zoom = Math.min(3, Math.max(0, zoom + by));
    paper.classList.add(`zoom-${zoom}`);
  });
}

// Files dropped anywhere on the form are put into its field.
for (const form of document.querySelectorAll("[data-drop]")) {
  const field = form.querySelector("input[type=file]");
  form.addEventListener("dragover", (event) => { event.preventDefault(); form.classList.add("is-over"); });
  form.addEventListener("dragleave", () => form.classList.remove("is-over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("is-over");
    if (event.dataTransfer.files.length) field.files = event.dataTransfer.files;
  });
}

// A list in which something is still going on keeps itself up to date, unless someone is about to press a button in it.
for (const list of document.querySelectorAll("[data-poll]")) {
  const look = async () => {
    if (list.querySelector("[data-busy]") && !list.contains(document.activeElement)) {
      const answer = await fetch(list.dataset.poll, { redirect: "error" }).catch(() => null);
      if (answer && answer.ok) list.replaceChildren(...parsed(await answer.text()));
    }
    setTimeout(look, 1500);
  };
  setTimeout(look, 1500);
}

function parsed(html) {
  return new DOMParser().parseFromString(html, "text/html").body.childNodes;
}

// Keys: "/" to search, arrows from page to page.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
  if (event.key === "/") {
    const find = document.getElementById("find");
    if (find) { event.preventDefault(); find.focus(); find.select(); }
    return;
  }
  if (event.target.closest(".paper, .scroll")) return;
  const wanted = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
  const link = wanted && document.querySelector(`a[rel=${wanted}]`);
  if (link) link.click();
});
