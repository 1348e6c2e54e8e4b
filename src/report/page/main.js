// Stands in for the page until it is there.
const meta = document.getElementById("themata-meta");
document.getElementById("app").textContent = JSON.parse(meta.textContent).title;
