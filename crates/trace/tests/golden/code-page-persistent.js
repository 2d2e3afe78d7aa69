let said = 0, turn = Promise.resolve();
// one request at a time: each waits for the last
const ask = (text) => (turn = turn.then(async () => {
  const answer = await fetch(`/echo?n=${said++}`,
    { method: "POST", body: text });
  (await answer.text()).split("\n").forEach(show);
}));
