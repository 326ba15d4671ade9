// Whoever has a conversation open before them reads it: no GET may note that.

const mark = document.getElementById("read-mark");

function tell() {
  if (document.hidden) return;
  document.removeEventListener("visibilitychange", tell);
  fetch(mark.action, { method: "POST", body: new FormData(mark), redirect: "manual", keepalive: true }).catch(() => {});
}

if (mark) {
  document.addEventListener("visibilitychange", tell);
  tell();
}
