/** Takes over the chat that the server drew at /chat. */
(() => {
  const root = /** @type {HTMLElement|null} */ (document.querySelector("[data-chat-page]"));
  if (!root) return;
  const { words, conversation, token, seen, mode, form, timezone } = root.dataset;
  const sentences = JSON.parse(words);
  const view = new ChatView(root, sentences, timezone);
  const client = new ChatClient({
    base: "",
    session: conversation ? { conversation_id: conversation, token } : null,
    seen: Number(seen),
    mode,
    outbox: new Shelf("sessionStorage", "civicline-unsent"),
    // The cookie that keeps the chat for the page without script is set by the server alone.
    begin: () => request("/chat/start", { method: "POST", headers: { "X-Form-Token": form } }),
    tell: (kind, ...data) => view.hear(kind, ...data),
  });
  view.onGone = () => view.problem(sentences.error_not_found);
  view.attach(client);
  root.classList.add("cl-live");
  for (const node of root.querySelectorAll("[data-static]")) {
    if (!conversation || node.getAttribute("data-static") === "always") node.remove();
  }
  client.open().catch(() => client.tell("link", client.lost()));
  if (conversation) view.scroll();
})();
