// compressed without our doing: the browser always offers it,
// and this server accepts
const socket = new WebSocket("ws://server/ws");
socket.onopen = () => sendNext();
socket.onmessage = (event) => {
  show(event.data);
  more() ? sendNext() : socket.close(1000);
};
function sendNext() {
  socket.send(next());
}
