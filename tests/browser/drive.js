"use strict";
// Drives the page as a reader would and writes down what it shows.
const said = [];
addEventListener("error", (e) => said.push("error: " + e.message));
const say = (...words) => said.push(words.join(" "));
const labels = (table) => [...table.tBodies[0].rows].filter((r) => !r.hidden)
  .slice(0, 3).map((r) => r.cells[0].innerText.split("\n")[0]).join(" | ");
addEventListener("load", () => {
  const table = document.querySelector("table.sortable");
  const head = [...table.tHead.rows[0].cells].find((c) => c.classList.contains("col-delta"));
  say("before:", labels(table));
  head.querySelector("button").click();
  say("descending:", head.getAttribute("aria-sort"), labels(table));
  head.querySelector("button").click();
  say("ascending:", head.getAttribute("aria-sort"), labels(table));
  head.querySelector("button").click();
  say("restored:", labels(table));
  const filter = document.querySelector(".filter input");
  filter.value = "住房";
  filter.dispatchEvent(new Event("input"));
  say("filtered:", labels(table));
  const link = table.querySelector("td a");
  link.click();
  say("source:", location.hash, document.querySelector(":target blockquote").innerText);
  const broken = [...document.querySelectorAll("a[href^='#']")]
    .filter((a) => !document.getElementById(a.hash.slice(1)));
  say("broken links:", broken.length);
  say("wider than the window:", document.documentElement.scrollWidth > innerWidth);
  const out = document.createElement("pre");
  out.id = "said";
  out.textContent = "\n" + said.join("\n") + "\n";
  document.body.append(out);
});
