// Sorting and filtering of the tables; the page says everything without.
"use strict";
for (const table of document.querySelectorAll("table.sortable")) {
  const body = table.tBodies[0], original = [...body.rows];
  const heads = [...table.tHead.rows[0].cells];
  const key = (row, i) => {
    const cell = row.cells[i];
    return cell.dataset.v !== undefined ? BigInt(cell.dataset.v) : cell.textContent.trim();
  };
  const compare = (i, down) => (a, b) => {
    const x = key(a, i), y = key(b, i);
    if (x === "" || y === "") return (x === "") - (y === "");
    const by = typeof x === "bigint" && typeof y === "bigint" ? (x < y ? -1 : x > y ? 1 : 0)
      : String(x).localeCompare(String(y), document.documentElement.lang);
    return down ? -by : by;
  };
  heads.forEach((head, i) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const was = head.getAttribute("aria-sort");
      const first = i ? "descending" : "ascending", second = i ? "ascending" : "descending";
      const now = was === first ? second : was === second ? null : first;
      heads.forEach((h) => h.removeAttribute("aria-sort"));
      table.classList.toggle("sorted", now !== null);
      if (now) head.setAttribute("aria-sort", now);
      body.append(...(now ? [...original].sort(compare(i, now === "descending")) : original));
    });
  });
  if (original.length > 12) {
    const label = document.createElement("label"), input = document.createElement("input");
    label.className = "filter";
    label.append(table.dataset.filter, input);
    input.type = "search";
    input.addEventListener("input", () => {
      const wanted = input.value.trim().toLowerCase();
      for (const row of original)
        row.hidden = wanted !== "" && !row.cells[0].textContent.toLowerCase().includes(wanted);
    });
    table.parentElement.before(label);
  }
}
