"use strict";
// The page of phones: shows what the sandbox's people see, and does what they do. Texts are built as DOM nodes from the
// sandbox's own sanitised HTML, never inserted as markup.

const room = document.getElementById("phones");
const template = document.getElementById("phone");
const phones = new Map();
const ALLOWED = new Set(["B", "I", "U", "S", "CODE", "PRE", "A", "BLOCKQUOTE", "SPAN"]);
let commands = [];

async function ask(method, path, body) {
  const answer = await fetch(path, {
    method,
    headers: { "Content-Type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

function copySafely(from, to) {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) {
      to.append(node.textContent);
    } else if (node.nodeType === Node.ELEMENT_NODE && ALLOWED.has(node.tagName)) {
      const element = document.createElement(node.tagName);
      if (node.tagName === "A" && /^https?:/.test(node.getAttribute("href") || "")) {
        element.href = node.getAttribute("href");
        element.rel = "noreferrer";
        element.target = "_blank";
      }
      copySafely(node, element);
      to.append(element);
    }
  }
}

function bubble(phone, message) {
  const row = document.createElement("div");
  row.className = message.from_bot ? "row" : "row own";
  const text = document.createElement("div");
  text.className = "bubble";
  if (message.from_bot) {
    copySafely(new DOMParser().parseFromString(message.html, "text/html").body, text);
  } else {
    text.textContent = message.text;
  }
  const meta = document.createElement("div");
  meta.className = "meta";
  const time = new Date(message.date * 1000).toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
  meta.textContent = [message.protected ? "không chuyển tiếp được" : "", message.edited ? "đã sửa" : "", time]
    .filter(Boolean).join(" · ");
  text.append(meta);
  row.append(text);
  if (message.buttons.length) {
    const keys = document.createElement("div");
    keys.className = "keys";
    for (const line of message.buttons) {
      const keyRow = document.createElement("div");
      for (const key of line) {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = key.text;
        button.addEventListener("click", async () => {
          if (key.url) { window.open(key.url, "_blank", "noreferrer"); return; }
          button.disabled = true;
          await ask("POST", `/phones/${phone.id}/press`, { message: message.id, data: key.data });
          setTimeout(() => { button.disabled = false; }, 1500);
        });
        keyRow.append(button);
      }
      keys.append(keyRow);
    }
    row.append(keys);
  }
  return row;
}

function showPopup(phone, popup) {
  if (!popup || !popup.text) return;
  phone.popup.textContent = popup.text;
  phone.popup.hidden = false;
  clearTimeout(phone.timer);
  phone.timer = setTimeout(() => { phone.popup.hidden = true; }, 3500);
}

function draw(person) {
  let phone = phones.get(person.id);
  if (!phone) {
    phone = build(person);
    phones.set(person.id, phone);
  }
  if (phone.revision === person.revision) return;
  phone.revision = person.revision;
  phone.blocked.hidden = !person.blocking;
  phone.block.textContent = person.blocking ? "Bỏ chặn bot" : "Chặn bot";
  phone.isBlocking = person.blocking;
  const rows = person.messages.map((message) => bubble(phone, message));
  if (!rows.length) {
    const hint = document.createElement("p");
    hint.className = "hint";
    hint.textContent = "Chưa có tin nhắn. Cứ viết, như viết cho một người quen.";
    rows.push(hint);
  }
  phone.chat.replaceChildren(...rows);
  phone.chat.scrollTop = phone.chat.scrollHeight;
  if (person.popup_count > phone.popups) showPopup(phone, person.popups[person.popups.length - 1]);
  phone.popups = person.popup_count;
}

function build(person) {
  const section = template.content.firstElementChild.cloneNode(true);
  const phone = {
    id: person.id, revision: -1, popups: person.popup_count, timer: 0, isBlocking: false,
    chat: section.querySelector(".chat"), popup: section.querySelector(".popup"),
    blocked: section.querySelector(".blocked"), block: section.querySelector(".block"),
    list: section.querySelector(".commands"), text: section.querySelector("textarea"),
  };
  section.setAttribute("aria-label", person.title);
  section.querySelector("h2").textContent = person.title;
  section.querySelector(".write").addEventListener("submit", (event) => { event.preventDefault(); send(phone); });
  phone.text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); send(phone); }
  });
  phone.text.addEventListener("input", () => { suggest(phone); grow(phone.text); });
  section.querySelector(".link").addEventListener("submit", async (event) => {
    event.preventDefault();
    const input = event.target.elements.payload;
    const link = input.value.trim();
    const payload = link.includes("start=") ? link.split("start=")[1] : link;
    await ask("POST", `/phones/${phone.id}/start`, { payload: `start=${payload}` });
    input.value = "";
  });
  for (const button of section.querySelectorAll("[data-send]")) {
    button.addEventListener("click", () => ask("POST", `/phones/${phone.id}/send`, {
      kind: button.dataset.send, lat: Number(button.dataset.lat), lon: Number(button.dataset.lon),
    }));
  }
  phone.block.addEventListener("click", () => ask("POST", `/phones/${phone.id}/block`, { blocking: !phone.isBlocking }));
  room.append(section);
  return phone;
}

async function send(phone) {
  const text = phone.text.value.trim();
  if (!text) return;
  phone.text.value = "";
  phone.list.hidden = true;
  grow(phone.text);
  await ask("POST", `/phones/${phone.id}/say`, { text });
}

function grow(text) {
  text.style.height = "auto";
  text.style.height = `${text.scrollHeight + 2}px`;
}

function suggest(phone) {
  const typed = phone.text.value;
  const fitting = /^\/\w*$/.test(typed) ? commands.filter((each) => `/${each.command}`.startsWith(typed)) : [];
  phone.list.hidden = fitting.length === 0;
  phone.list.replaceChildren(...fitting.map((each) => {
    const button = document.createElement("button");
    button.type = "button";
    const name = document.createElement("b");
    name.textContent = `/${each.command} `;
    button.append(name, each.description);
    button.addEventListener("click", () => {
      phone.text.value = `/${each.command} `;
      phone.list.hidden = true;
      phone.text.focus();
    });
    return button;
  }));
}

async function refresh() {
  const all = await ask("GET", "/phones");
  const byName = new Map();
  for (const [scope, list] of Object.entries(all.commands)) {
    if (!scope.endsWith(":en")) for (const each of list) byName.set(each.command, each);
  }
  commands = [...byName.values()];
  for (const person of all.people) draw(person);
}

document.getElementById("add").addEventListener("submit", async (event) => {
  event.preventDefault();
  const input = event.target.elements.name;
  await ask("POST", "/phones", { first_name: input.value.trim(), title: input.value.trim() });
  input.value = "";
});

let running = false;
let again = false;
async function refreshOnce() {
  if (running) { again = true; return; }
  running = true;
  try { await refresh(); } catch { /* the sandbox stopped; the stream below tries again */ }
  running = false;
  if (again) { again = false; refreshOnce(); }
}
new EventSource("/phones/events").onmessage = refreshOnce;
refreshOnce();
