import { createServer } from "node:http";

// the other server tells us its news
createServer(async (request, response) => {
  const pieces = await request.toArray();
  show(Buffer.concat(pieces).toString());
  response.writeHead(204).end();
}).listen(9080);

// and we tell it ours, one after the other
let said = 0, turn = Promise.resolve();
const say = (text) => (turn = turn.then(() =>
  fetch(`http://ben.example/hook?n=${said++}`,
    { method: "POST", body: text })));
