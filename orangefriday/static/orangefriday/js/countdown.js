// Keeps <time data-countdown> current. The server wrote the first text; ours has its form:
// "2 d 03:12", on the last day "03:12:45", afterwards what data-over says.

const two = (number) => String(number).padStart(2, "0");

export function remaining(milliseconds, dayMark) {
  const seconds = Math.floor(milliseconds / 1000);
  const days = Math.floor(seconds / 86400);
  const hours = two(Math.floor((seconds % 86400) / 3600));
  const minutes = two(Math.floor((seconds % 3600) / 60));
  return days ? `${days}${dayMark}${hours}:${minutes}` : `${hours}:${minutes}:${two(seconds % 60)}`;
}

function tick() {
  for (const element of document.querySelectorAll("time[data-countdown]")) {
    const left = new Date(element.dateTime) - Date.now();
    const text = left > 0 ? remaining(left, element.dataset.day) : element.dataset.over;
    if (element.textContent !== text) element.textContent = text;
    if (left <= 0) {
      element.removeAttribute("data-countdown");
      element.dispatchEvent(new CustomEvent("countdown:over", { bubbles: true }));
    }
  }
}

tick();
setInterval(tick, 1000);
