// The token of the session: htmx and fetch send it as a header, forms carry it in a hidden field.

/** The token of this page. */
export function token() {
  const meta = document.querySelector('meta[name="csrf-token"]');
  return meta ? meta.content : "";
}

/** Puts a fresh token everywhere, after the person has logged in again in another tab. */
export function replaceToken(fresh) {
  const meta = document.querySelector('meta[name="csrf-token"]');
  if (meta) meta.content = fresh;
  for (const field of document.querySelectorAll('input[name="csrf_token"]')) field.value = fresh;
}

/** fetch with the token; never follows a redirect to the login page. */
export function send(url, body, passive) {
  const headers = { "X-CSRF-Token": token(), "X-Requested-With": "fetch" };
  // A request that a script makes by itself must not keep an idle session alive.
  if (passive) headers["X-Passive"] = "1";
  return fetch(url, { method: "POST", body, headers, credentials: "same-origin", redirect: "manual" });
}

export function csrf() {
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.verb !== "get") event.detail.headers["X-CSRF-Token"] = token();
  });
}
