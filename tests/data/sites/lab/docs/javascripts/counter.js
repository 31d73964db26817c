// Counts openings of this site in this browser; proof that the owner's script runs.
const opened = Number(localStorage.getItem("undertow-opened") || 0) + 1;
localStorage.setItem("undertow-opened", String(opened));
document.documentElement.dataset.opened = String(opened);
