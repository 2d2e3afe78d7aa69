// compressed without our doing: the browser always offers it,
// and this server accepts
const socket = new WebSocket("ws://server/ws");
socket.onopen = () => enableSendButton();
socket.onmessage = (event) => show(event.data);

function say(text) {
  socket.send(text);
}
function leave() {
  socket.close(1000);
}
