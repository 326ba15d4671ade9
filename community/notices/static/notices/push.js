// Switches pushes to this browser on and off; without the means for it the card stays hidden.

const card = document.querySelector("[data-push-key]");

function octets(text) {
  const base64 = text.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

async function send(address, subscription) {
  const { csrf } = card.dataset;
  const headers = { "Content-Type": "application/json", "X-CSRFToken": csrf };
  const answer = await fetch(address, { method: "POST", headers, body: JSON.stringify(subscription) });
  if (!answer.ok) throw new Error(String(answer.status));
}

async function current() {
  const registration = await navigator.serviceWorker.getRegistration("/");
  return registration?.pushManager.getSubscription();
}

async function switchOn() {
  if ((await Notification.requestPermission()) !== "granted") return say("refused");
  const { worker, pushKey, subscribe } = card.dataset;
  await navigator.serviceWorker.register(worker, { scope: "/" });
  const { pushManager } = await navigator.serviceWorker.ready;
  const key = octets(pushKey);
  await send(subscribe, await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }));
  return show();
}

async function switchOff() {
  const subscription = await current();
  if (subscription) {
    await send(card.dataset.unsubscribe, subscription);
    await subscription.unsubscribe();
  }
  return show();
}

function say(what) {
  card.querySelector("[role=status]").textContent = card.dataset[what] ?? "";
}

async function show() {
  const isOn = Boolean(await current());
  card.querySelector("[data-push=on]").hidden = isOn;
  card.querySelector("[data-push=off]").hidden = !isOn;
  say(isOn ? "isOn" : "isOff");
}

function act(button, does) {
  button.addEventListener("click", async () => {
    button.disabled = true;
    await does().catch(() => say("failed"));
    button.disabled = false;
  });
}

if (card && "serviceWorker" in navigator && "PushManager" in window) {
  card.hidden = false;
  act(card.querySelector("[data-push=on]"), switchOn);
  act(card.querySelector("[data-push=off]"), switchOff);
  show();
}
