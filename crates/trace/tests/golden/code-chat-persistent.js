let news = 0, said = 0, turn = Promise.resolve();
// one request at a time: each waits for the last
const inTurn = (next) => (turn = turn.then(next));

const ask = () => inTurn(async () => {
  const answer = await fetch(`/news?after=${news}`);
  if (answer.status === 204) return;  // no news
  const lines = (await answer.text()).split("\n");
  news += lines.length; lines.forEach(show);
});
ask(); setInterval(ask, 1000);

const say = (text) => inTurn(() =>
  fetch(`/say?n=${said++}`, { method: "POST", body: text }));
