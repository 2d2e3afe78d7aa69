let said = 0;
// the browser opens connections as it needs them, six at most
async function ask(text) {
  const answer = await fetch(`/echo?n=${said++}`,
    { method: "POST", body: text });
  (await answer.text()).split("\n").forEach(show);
}
