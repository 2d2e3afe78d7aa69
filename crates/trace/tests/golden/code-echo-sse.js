const source = new EventSource("/events");
source.onopen = () => showOnline();
source.onmessage = (event) => show(event.data);

// a stream goes one way: what we say is a request of its own
let said = 0;
const say = (text) =>
  fetch(`/say?n=${said++}`, { method: "POST", body: text });
const leave = () => source.close();
