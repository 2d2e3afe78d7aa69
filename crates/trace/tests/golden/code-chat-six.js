let news = 0, said = 0, asking = false;
// nothing waits in turn: the browser opens up to six connections
async function ask() {
  if (asking) return;
  asking = true;
  const answer = await fetch(`/news?after=${news}`);
  const text = await answer.text();
  asking = false;
  if (answer.status === 204) return;  // no news
  const lines = text.split("\n");
  news += lines.length; lines.forEach(show);
}
ask(); setInterval(ask, 1000);

const say = (text) =>
  fetch(`/say?n=${said++}`, { method: "POST", body: text });
