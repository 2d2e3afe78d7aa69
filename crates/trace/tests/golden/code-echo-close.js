for (let n = 0; n < messages.length; n++) {
  const answer = await fetch(`/echo?n=${n}`,
    { method: "POST", body: messages[n] });
  show(await answer.text());
}
