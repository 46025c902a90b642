// A page that waits for a worker is asked for again after so many seconds; without this there is its button.
const waiting = document.querySelector("[data-reload]");
if (waiting) {
  setTimeout(() => location.reload(), Number(waiting.dataset.reload) * 1000);
}
