{% load static %}
// Shows pushes, and leads to what they are about. Nothing is kept for later.

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("push", (event) => {
  const told = event.data ? event.data.json() : { title: "Orange Friday", unread: 0, url: "/notices/" };
  event.waitUntil(
    Promise.all([
      self.registration.showNotification(told.title, {
        body: told.body,
        tag: told.tag,
        icon: "{% static 'orangefriday/icons/icon-192.png' %}",
        data: { url: told.url },
      }),
      told.unread ? self.navigator.setAppBadge?.(told.unread) : self.navigator.clearAppBadge?.(),
    ]),
  );
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const place = new URL(event.notification.data.url, self.location.origin);
  event.waitUntil(
    self.clients.matchAll({ type: "window" }).then((windows) => {
      const open = windows.find((one) => new URL(one.url).origin === place.origin);
      return open ? open.navigate(place.href).then((one) => one?.focus()) : self.clients.openWindow(place.href);
    }),
  );
});
