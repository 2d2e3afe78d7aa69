let news = 0, said = 0;
async function listen() {
  while (true) {
    // the server answers when it has news, or when the time is up
    const answer = await fetch(`/news?after=${news}`);
    if (answer.status === 204) continue;
    const lines = (await answer.text()).split("\n");
    news += lines.length; lines.forEach(show);
  }
}
listen();

const say = (text) =>
  fetch(`/say?n=${said++}`, { method: "POST", body: text });
