//! What recording costs a live run, in a browser: echoes and a flood over the page's own capture, and over
//! a script of a few lines that keeps nothing, against the same companion in turns. `cargo xtask bench live`
//! starts the companion and prints the rows, which start with `row` and have a tab between cells.

#![cfg(target_arch = "wasm32")]

mod support;

use duplex::capture::{Order, Server, Stop, run};
use gloo::utils::document;
use serde::Serialize;
use support::{add, call, median, row};
use trace::answer::SOCKET;
use trace::live::{self, Manner};
use trace::record::{Plan, SocketLog};
use trace::scenario::{Network, Scenario, Speaker, Transport, Utterance, Workload};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::Element;

wasm_bindgen_test_configure!(run_in_browser);

/// Where the companion's main port is, as in `http://127.0.0.1:9080`.
const COMPANION: &str = env!("DUPLEX_BENCH_COMPANION");

/// The peer: as little as a script can do. Times are in milliseconds.
const BARE: &str = "
globalThis.bench = {
  echo(url, texts) {
    return new Promise((done, failed) => {
      const socket = new WebSocket(url);
      let begun, heard = 0;
      socket.onopen = () => { begun = performance.now(); socket.send(texts[0]); };
      socket.onmessage = ({ data }) => {
        if (data !== texts[heard]) return failed(new Error(`${data} is no echo of ${texts[heard]}`));
        heard += 1;
        if (heard < texts.length) return socket.send(texts[heard]);
        done(performance.now() - begun);
        socket.close(1000);
      };
      socket.onclose = ({ code }) => failed(new Error(`closed with ${code} after ${heard}`));
    });
  },
  // The lane of a run of its own, whose server speaks as soon as somebody is there.
  async flood(companion, plan, path, number) {
    const said = await fetch(companion + '/runs', { method: 'POST', body: JSON.stringify(plan) });
    const { run, lanes } = await said.json();
    const took = await new Promise((done, failed) => {
      const socket = new WebSocket(`ws://${new URL(companion).hostname}:${lanes[0].port}${path}`);
      let begun, heard = 0;
      socket.onopen = ({ timeStamp }) => { begun = timeStamp; };
      socket.onmessage = ({ data }) => {
        if (!data.startsWith('flood ')) return failed(new Error(`${data} is no part of the flood`));
        heard += 1;
        if (heard < number) return;
        done(performance.now() - begun);
        socket.close(1000);
      };
      socket.onclose = ({ code }) => failed(new Error(`closed with ${code} after ${heard}`));
    });
    await fetch(`${companion}/runs/${run}/end`, { method: 'POST' });
    return took;
  },
};
";

#[wasm_bindgen_test]
async fn live() {
    add("script", BARE);
    let place = document().create_element("p").expect("a place");
    document().body().expect("a body").append_child(&place).expect("appended");
    echoing(&place).await;
    flooded(&place).await;
}

/// One echo after the other, on the companion's main port.
async fn echoing(place: &Element) {
    let scenario = Scenario { messages: ECHOES, workload: Workload::Echo, ..Scenario::default() };
    let script = scenario.script();
    let texts: Vec<&str> = script.iter().map(|line| line.text.as_str()).collect();
    let texts = value(&texts);
    let socket = COMPANION.replace("http:", "ws:") + "/ws";
    let server = Server::Public { name: "echo".into(), http: COMPANION.into(), socket: socket.clone() };
    let order = order(server, Workload::Echo, script);
    let [recorded, bare, times] = compare(
        async || {
            let log = recorded(&order, place).await;
            took(log.sent.first().map(|sent| sent.at), &log)
        },
        async || milliseconds(call("echo", &[socket.as_str().into(), texts.clone()]).await),
    )
    .await;
    row(&["in a browser, one echo after the other", "echoes/s", "time over bare", "aim"]);
    row(&["a bare script", &rate(ECHOES, bare), "1.00"]);
    row(&["the page, recording", &rate(ECHOES, recorded), &format!("{times:.2}"), "1.10 at most"]);
    let each = [recorded, bare].map(|took| took * 1e3 / f64::from(ECHOES));
    support::ratio("an echo, recorded", [each[0], each[1], times], "µs", BESIDE, "1.10 at most");
}

/// All that the server of a lane has to say at once, several times in a row.
async fn flooded(place: &Element) {
    let say = |n| Utterance { at: 0, from: Speaker::Server, text: format!("flood {n:>4}") };
    let script: Vec<_> = (0..FLOOD).map(say).collect();
    let order = order(Server::Companion { base: COMPANION.into() }, Workload::Ticker, script.clone());
    let plan = value(&live::Plan {
        lanes: order.plan.lanes.clone(),
        network: order.network,
        workload: order.plan.workload,
        script,
        manner: order.manner,
    });
    let arguments = [COMPANION.into(), plan, SOCKET.into(), FLOOD.into()];
    let [recorded, bare, times] = compare(
        async || {
            let mut all = 0.0;
            for _ in 0..FLOODS {
                let log = recorded(&order, place).await;
                all += took(log.opened, &log);
            }
            all
        },
        async || {
            let mut all = 0.0;
            for _ in 0..FLOODS {
                all += milliseconds(call("flood", &arguments).await);
            }
            all
        },
    )
    .await;
    row(&["in a browser, a flood", "messages/s", "rate over bare", "aim"]);
    row(&["a bare script", &rate(FLOOD * FLOODS, bare), "1.00"]);
    row(&[
        "the page, recording",
        &rate(FLOOD * FLOODS, recorded),
        &format!("{:.2}", 1.0 / times),
        "0.80 at least",
    ]);
    let rates = [recorded, bare].map(|took| f64::from(FLOOD * FLOODS) / took * 1e3);
    let aim = "0.80 at least";
    support::ratio("a flood, recorded", [rates[0], rates[1], 1.0 / times], "messages/s", BESIDE, aim);
}

/// Two ways of doing the same: the median of each in milliseconds, and of the first over the second. They
/// take turns, A-B-B-A, and a ratio is that of neighbours, so that whatever else the machine does weighs on
/// both. The first turn of each does not count.
async fn compare(one: impl AsyncFn() -> f64, other: impl AsyncFn() -> f64) -> [f64; 3] {
    let mut figures = [const { Vec::new() }; 3];
    for round in 0..=ROUNDS {
        let (first, second);
        if round % 2 == 1 {
            first = one().await;
            second = other().await;
        } else {
            second = other().await;
            first = one().await;
        }
        if round > 0 {
            [first, second, first / second].into_iter().zip(&mut figures).for_each(|(it, all)| all.push(it));
        }
    }
    figures.map(|mut figures| median(&mut figures))
}

/// A run of one WebSocket lane over a link that is never in the way.
fn order(server: Server, workload: Workload, script: Vec<Utterance>) -> Order {
    Order {
        plan: Plan { run: 1, workload, script, lanes: vec![Transport::WebSocket] },
        server,
        network: Network { round_trip: 0, kilobits: 10_000_000, ..Network::default() },
        poll: 1_000_000,
        manner: Manner::default(),
        blob: false,
        reversed: false,
    }
}

/// Carries out a live run, and shows in `place` what it reports, as the page does.
async fn recorded(order: &Order, place: &Element) -> SocketLog {
    let place = place.clone();
    let report = move |words: tongue::Sentence| place.set_text_content(Some(&words.said()));
    let mut outcome = run(order.clone(), Stop::new(), report).await;
    assert_eq!(outcome.problem, None);
    let log = outcome.logs.pop().and_then(|log| log.socket).expect("a log");
    let heard = order.plan.script.len();
    assert_eq!(log.received.len(), heard, "every message is in the log");
    log
}

/// Milliseconds until the last message had been recorded: then the lane closes.
fn took(begun: Option<u64>, log: &SocketLog) -> f64 {
    let (begun, done) = begun.zip(log.close_called).expect("a whole run");
    (done - begun) as f64 / 1e3
}

fn milliseconds(took: JsValue) -> f64 {
    took.as_f64().expect("a time")
}

fn value(of: &impl Serialize) -> JsValue {
    of.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).expect("a value")
}

/// So many in so many milliseconds, as so many in a second.
fn rate(number: u32, milliseconds: f64) -> String {
    format!("{:.0}", f64::from(number) / milliseconds * 1e3)
}

/// The peer, as the table of ratios names it.
const BESIDE: &str = "a bare script";

/// How many echoes are in a sample, and how many samples of each way count.
const ECHOES: u32 = 2_000;
const ROUNDS: usize = 7;

/// As many messages as a run may have, and how many such floods are in a sample.
const FLOOD: u32 = 1_000;
const FLOODS: u32 = 5;
