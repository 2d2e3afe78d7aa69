//! The scripts themselves: what a page, or a server, would really write.

use tongue::word;

use super::Cue;
use super::Cue::{Ask, Connect, Hear, Leave, Open, Say};

/// Lines of a script, each with what makes it light up.
type Script = [(&'static str, Option<Cue>)];

pub(super) const SOCKET: &Script = &[
    ("const socket = new WebSocket(\"ws://server/ws\");", Some(Connect)),
    ("socket.onopen = () => enableSendButton();", Some(Open)),
    ("socket.onmessage = (event) => show(event.data);", Some(Hear)),
    ("", None),
    ("function say(text) {", None),
    ("  socket.send(text);", Some(Say)),
    ("}", None),
    ("function leave() {", None),
    ("  socket.close(1000);", Some(Leave)),
    ("}", None),
];

pub(super) const SOCKET_ECHO: &Script = &[
    ("const socket = new WebSocket(\"ws://server/ws\");", Some(Connect)),
    ("socket.onopen = () => sendNext();", Some(Open)),
    ("socket.onmessage = (event) => {", Some(Hear)),
    ("  show(event.data);", None),
    ("  more() ? sendNext() : socket.close(1000);", Some(Leave)),
    ("};", None),
    ("function sendNext() {", None),
    ("  socket.send(next());", Some(Say)),
    ("}", None),
];

pub(super) const SOCKET_BINARY: &Script = &[("socket.binaryType = \"arraybuffer\";", None)];

pub(super) const SOCKET_DEFLATED: &Script = &[
    (word!("// compressed without our doing: the browser always offers it,"), None),
    (word!("// and this server accepts"), None),
];

pub(super) const ECHO: &Script = &[
    ("for (let n = 0; n < messages.length; n++) {", None),
    ("  const answer = await fetch(`/echo?n=${n}`,", Some(Connect)),
    ("    { method: \"POST\", body: messages[n] });", Some(Say)),
    ("  show(await answer.text());", Some(Hear)),
    ("}", None),
];

pub(super) const ASKED: &Script = &[
    ("let said = 0, turn = Promise.resolve();", Some(Connect)),
    (word!("// one request at a time: each waits for the last"), None),
    ("const ask = (text) => (turn = turn.then(async () => {", None),
    ("  const answer = await fetch(`/echo?n=${said++}`,", None),
    ("    { method: \"POST\", body: text });", Some(Say)),
    ("  (await answer.text()).split(\"\\n\").forEach(show);", Some(Hear)),
    ("}));", None),
];

pub(super) const SIX_ASKED: &Script = &[
    ("let said = 0;", None),
    (word!("// the browser opens connections as it needs them, six at most"), None),
    ("async function ask(text) {", Some(Connect)),
    ("  const answer = await fetch(`/echo?n=${said++}`,", None),
    ("    { method: \"POST\", body: text });", Some(Say)),
    ("  (await answer.text()).split(\"\\n\").forEach(show);", Some(Hear)),
    ("}", None),
];

/// Up to the line that says how often.
pub(super) const IN_TURN: &Script = &[
    ("let news = 0, said = 0, turn = Promise.resolve();", Some(Connect)),
    (word!("// one request at a time: each waits for the last"), None),
    ("const inTurn = (next) => (turn = turn.then(next));", None),
    ("", None),
    ("const ask = () => inTurn(async () => {", None),
    ("  const answer = await fetch(`/news?after=${news}`);", Some(Ask)),
    (word!("  if (answer.status === 204) return;  // no news"), None),
    ("  const lines = (await answer.text()).split(\"\\n\");", Some(Hear)),
    ("  news += lines.length; lines.forEach(show);", None),
    ("});", None),
];

pub(super) const SAY_IN_TURN: &Script = &[
    ("", None),
    ("const say = (text) => inTurn(() =>", None),
    ("  fetch(`/say?n=${said++}`, { method: \"POST\", body: text }));", Some(Say)),
];

/// Up to the line that says how often.
pub(super) const SIX: &Script = &[
    ("let news = 0, said = 0, asking = false;", Some(Connect)),
    (word!("// nothing waits in turn: the browser opens up to six connections"), None),
    ("async function ask() {", None),
    ("  if (asking) return;", None),
    ("  asking = true;", None),
    ("  const answer = await fetch(`/news?after=${news}`);", Some(Ask)),
    ("  const text = await answer.text();", None),
    ("  asking = false;", None),
    (word!("  if (answer.status === 204) return;  // no news"), None),
    ("  const lines = text.split(\"\\n\");", Some(Hear)),
    ("  news += lines.length; lines.forEach(show);", None),
    ("}", None),
];

pub(super) const SAY_AT_ONCE: &Script = &[
    ("", None),
    ("const say = (text) =>", None),
    ("  fetch(`/say?n=${said++}`, { method: \"POST\", body: text });", Some(Say)),
];

pub(super) const LONG: &Script = &[
    ("let news = 0, said = 0;", Some(Connect)),
    ("async function listen() {", None),
    ("  while (true) {", None),
    (word!("    // the server answers when it has news, or when the time is up"), None),
    ("    const answer = await fetch(`/news?after=${news}`);", Some(Ask)),
    ("    if (answer.status === 204) continue;", None),
    ("    const lines = (await answer.text()).split(\"\\n\");", Some(Hear)),
    ("    news += lines.length; lines.forEach(show);", None),
    ("  }", None),
    ("}", None),
    ("listen();", None),
];

pub(super) const STREAM: &Script = &[
    ("const source = new EventSource(\"/events\");", Some(Connect)),
    ("source.onopen = () => showOnline();", Some(Open)),
];

pub(super) const STREAM_TEXT: &Script = &[("source.onmessage = (event) => show(event.data);", Some(Hear))];

/// An event is text: octets come as Base64.
pub(super) const STREAM_BINARY: &Script =
    &[("source.onmessage = (event) => show(Uint8Array.fromBase64(event.data));", Some(Hear))];

pub(super) const STREAM_SAY: &Script = &[
    ("", None),
    (word!("// a stream goes one way: what we say is a request of its own"), None),
    ("let said = 0;", None),
    ("const say = (text) =>", None),
    ("  fetch(`/say?n=${said++}`, { method: \"POST\", body: text });", Some(Say)),
    ("const leave = () => source.close();", None),
];

/// For Node.js: neither side is a browser.
pub(super) const HOOK: &Script = &[
    ("import { createServer } from \"node:http\";", None),
    ("", None),
    (word!("// the other server tells us its news"), None),
    ("createServer(async (request, response) => {", None),
    ("  const pieces = await request.toArray();", None),
    ("  show(Buffer.concat(pieces).toString());", Some(Hear)),
    ("  response.writeHead(204).end();", None),
    ("}).listen(9080);", None),
    ("", None),
    (word!("// and we tell it ours, one after the other"), None),
    ("let said = 0, turn = Promise.resolve();", Some(Connect)),
    ("const say = (text) => (turn = turn.then(() =>", None),
    ("  fetch(`http://ben.example/hook?n=${said++}`,", None),
    ("    { method: \"POST\", body: text })));", Some(Say)),
];
