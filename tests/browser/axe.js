"use strict";
// What axe-core finds, in words; "axe: none" where it finds nothing.
addEventListener("load", async () => {
  const out = document.createElement("pre");
  out.id = "found";
  const result = await axe.run(document, {resultTypes: ["violations"]});
  const found = result.violations.map((v) =>
    v.id + ": " + v.help + " (" + v.nodes.length + ": " + v.nodes[0].html.slice(0, 160) + ")");
  found.push("wider than the window: " + (document.documentElement.scrollWidth > innerWidth));
  out.textContent = "\n" + (result.violations.length ? "" : "axe: none\n") + found.join("\n") + "\n";
  document.body.append(out);
});
