//! Links: what is written can be read, defaults stay out, and a bad link still opens on something.
#![cfg(not(target_arch = "wasm32"))]

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use trace::fragment::{self, Link};
use trace::heads::Preset;
use trace::scenario::{Network, Scenario, Speaker, Tls, Transport, Utterance, Workload};

fn network() -> impl Strategy<Value = Network> {
    let link = (0..=2_000u64, 16..=10_000_000u32, option::of(16..=10_000_000u32));
    let chance = (0..=1_000u64, 0..=2_000u32, proptest::sample::select(Tls::ALL.to_vec()));
    let ends = (536..=8_960u32, 1..=1_000u32, 0..=10_000u64, option::of(1_000..=600_000u64));
    (link, chance, ends).prop_map(
        |((rtt, kilobits, down), (jitter, loss, tls), (mss, window, think, idle))| Network {
            round_trip: rtt * 1_000,
            kilobits,
            down_kilobits: down,
            jitter: jitter * 1_000,
            loss,
            tls,
            mss,
            window,
            think: think * 1_000,
            idle: idle.map(|idle| idle * 1_000),
        },
    )
}

type Ways = (Option<u32>, bool, u64, u64, Preset, u32, Vec<(String, String)>);

fn ways() -> impl Strategy<Value = Ways> {
    let preset = proptest::sample::select(Preset::ALL.to_vec());
    let extra = vec(("X-[A-Za-z0-9!#$%&'*+.^_`|~-]{0,12}", "[ -~]{0,20}"), 0..=8);
    (option::of(1..=50u32), any::<bool>(), 20..=60_000u64, 100..=120_000u64, preset, 0..=4_096u32, extra)
}

fn link() -> impl Strategy<Value = Link> {
    let utterance = (0..=600_000_000u64, any::<bool>(), "[^\r\n]{1,50}").prop_map(|(at, you, text)| {
        let from = if you { Speaker::You } else { Speaker::Server };
        Utterance { at, from, text }
    });
    let scenario = (
        vec(proptest::sample::select(Transport::ALL.to_vec()), 1..=4),
        network(),
        proptest::sample::select(Workload::ALL.to_vec()),
        (50..=60_000u64, 0..=200u32, option::of(1..=65_536u32)),
        vec(utterance, 0..=50),
        ways(),
    );
    let scenario = scenario.prop_map(|(lanes, network, workload, (poll, messages, size), added, ways)| {
        let (rate, binary, gap, hold, preset, cookie, extra): Ways = ways;
        Scenario {
            lanes,
            network,
            workload,
            poll: poll * 1_000,
            messages,
            size,
            added,
            rate,
            gap: gap * 1_000,
            binary,
            hold: hold * 1_000,
            preset,
            cookie,
            extra,
            seed: Scenario::default().seed,
        }
    });
    (scenario, option::of(any::<u64>()), option::of(0..=u32::MAX as usize))
        .prop_map(|(scenario, at, selected)| Link { scenario, at, selected, ..Link::default() })
}

proptest! {
    #[test]
    fn what_is_written_can_be_read(link in link()) {
        let written = link.write();
        prop_assert_eq!(Link::read(&written), (link.clone(), Vec::new()));
        prop_assert_eq!(Link::read(&format!("#{written}")), (link, Vec::new()));
        // A fragment must not end early: RFC 3986 section 3.5.
        prop_assert!(written.bytes().all(|octet| octet.is_ascii_graphic() && !b"#<>\"".contains(&octet)));
    }

    #[test]
    fn hostile_fragments_open_on_something(fragment in ".{0,200}") {
        Link::read(&fragment);
    }

    #[test]
    fn hostile_values_open_on_something(
        name in "lanes|scenario|rtt|kbit|down|jitter|loss|tls|mss|iw|think|idle|poll|messages|size|you|ben|t|event|rate|gap|binary|hold|heads|cookie|add", value in "[ -~é\u{0}\r\n]{0,40}",
    ) {
        let mut pairs = form_urlencoded::Serializer::new(String::new());
        let written = pairs.append_pair(&name, &value).finish();
        let (link, complaints) = Link::read(&written);
        // Either it is used as it stands or it is complained about.
        match complaints.as_slice() {
            [] => prop_assert_eq!(Link::read(&link.write()), (link, Vec::new())),
            [complaint] => {
                prop_assert_eq!((&complaint.name, &complaint.value), (&name, &value));
                prop_assert_eq!(link, Link::default());
            }
            more => prop_assert!(false, "{:?}", more),
        }
    }

    /// Twenty messages of forty octets: what somebody may send to a class.
    #[test]
    fn sane_scripts_stay_short(link in link(), texts in vec("[a-zA-Z?!., ]{1,40}", 0..=20)) {
        let added = texts.into_iter().zip(1..).map(|(text, n)| Utterance {
            at: 1_000_000 * n,
            from: if n % 2 == 0 { Speaker::You } else { Speaker::Server },
            text,
        });
        let link = Link { scenario: Scenario { added: added.collect(), extra: Vec::new(), ..link.scenario }, ..link };
        prop_assert!(link.write().len() < 2_000, "{}", link.write().len());
    }
}

#[test]
fn defaults_write_nothing() {
    assert_eq!(Link::default().write(), "");
    for empty in ["", "#", "##", "&", "&&", "#&"] {
        assert_eq!(Link::read(empty), (Link::default(), Vec::new()), "{empty}");
    }
}

fn check(fragment: &str, change: impl Fn(&mut Link)) {
    let mut expect = Link::default();
    change(&mut expect);
    assert_eq!(Link::read(fragment), (expect.clone(), Vec::new()), "{fragment}");
    assert_eq!(expect.write(), fragment);
}

#[test]
fn each_knob_has_a_name() {
    check("lanes=polling", |link| link.scenario.lanes = vec![Transport::Polling]);
    check("lanes=close.websocket.persistent.polling", |link| {
        use Transport::{Close, Persistent, Polling, WebSocket};
        link.scenario.lanes = vec![Close, WebSocket, Persistent, Polling];
    });
    check("scenario=echo", |link| link.scenario.workload = Workload::Echo);
    check("rtt=0", |link| link.scenario.network.round_trip = 0);
    check("rtt=2000", |link| link.scenario.network.round_trip = 2_000_000);
    check("kbit=16", |link| link.scenario.network.kilobits = 16);
    check("kbit=10000000", |link| link.scenario.network.kilobits = 10_000_000);
    check("down=16", |link| link.scenario.network.down_kilobits = Some(16));
    check("down=10000", |link| link.scenario.network.down_kilobits = Some(10_000));
    check("jitter=1000", |link| link.scenario.network.jitter = 1_000_000);
    check("loss=1", |link| link.scenario.network.loss = 1);
    check("loss=2000", |link| link.scenario.network.loss = 2_000);
    check("tls=1.2", |link| link.scenario.network.tls = Tls::V12);
    check("tls=1.3", |link| link.scenario.network.tls = Tls::V13);
    check("tls=resumed", |link| link.scenario.network.tls = Tls::Resumed);
    check("mss=536", |link| link.scenario.network.mss = 536);
    check("mss=8960", |link| link.scenario.network.mss = 8_960);
    check("iw=1", |link| link.scenario.network.window = 1);
    check("iw=1000", |link| link.scenario.network.window = 1_000);
    check("think=10000", |link| link.scenario.network.think = 10_000_000);
    check("idle=1000", |link| link.scenario.network.idle = Some(1_000_000));
    check("idle=600000", |link| link.scenario.network.idle = Some(600_000_000));
    check("poll=50", |link| link.scenario.poll = 50_000);
    check("poll=60000", |link| link.scenario.poll = 60_000_000);
    check("messages=0", |link| link.scenario.messages = 0);
    check("messages=200", |link| link.scenario.messages = 200);
    check("size=1", |link| link.scenario.size = Some(1));
    check("size=65536", |link| link.scenario.size = Some(65_536));
    check("lanes=six.long.sse.webhook", |link| {
        use Transport::{Long, Six, Sse, Webhook};
        link.scenario.lanes = vec![Six, Long, Sse, Webhook];
    });
    check("scenario=game", |link| {
        (link.scenario.workload, link.scenario.messages) = (Workload::Game, 120);
    });
    check("scenario=game&messages=5", |link| link.scenario.workload = Workload::Game);
    check("rate=50", |link| link.scenario.rate = Some(50));
    check("gap=20", |link| link.scenario.gap = 20_000);
    check("gap=60000", |link| link.scenario.gap = 60_000_000);
    check("scenario=news", |link| {
        (link.scenario.workload, link.scenario.messages) = (Workload::News, 12);
    });
    check("binary=1", |link| link.scenario.binary = true);
    check("hold=100", |link| link.scenario.hold = 100_000);
    check("heads=minimal", |link| link.scenario.preset = Preset::Minimal);
    check("cookie=4096", |link| link.scenario.cookie = 4_096);
    check("add=X-Class%3Aone", |link| link.scenario.extra = vec![("X-Class".into(), "one".into())]);
    check("t=1234567", |link| link.at = Some(1_234_567));
    check("event=0", |link| link.selected = Some(0));
    check("you=400000%3AHi+Ben%21", |link| {
        let text = "Hi Ben!".to_owned();
        link.scenario.added.push(Utterance { at: 400_000, from: Speaker::You, text });
    });
    check("ben=0%3Aa%3Ab%26c%3Dd%23", |link| {
        let text = "a:b&c=d#".to_owned();
        link.scenario.added.push(Utterance { at: 0, from: Speaker::Server, text });
    });
}

#[test]
fn the_ids_are_words() {
    for workload in Workload::ALL {
        assert_eq!(Workload::from_id(workload.id()), Some(workload));
    }
    for preset in Preset::ALL {
        assert_eq!(Preset::from_id(preset.id()), Some(preset));
    }
    for transport in Transport::ALL {
        assert_eq!(Transport::from_id(transport.id()), Some(transport));
    }
    assert_eq!(Transport::from_id("carrier-pigeon"), None);
}

/// A bad value leaves the default and says so; what stands beside it is used.
fn check_complaint(fragment: &str) {
    let (name, value) = fragment.split_once('=').expect("a pair");
    let both = format!("t=7&{fragment}&event=3");
    let (link, complaints) = Link::read(&both);
    assert_eq!(link, Link { at: Some(7), selected: Some(3), ..Link::default() }, "{fragment}");
    assert_eq!(complaints.len(), 1, "{fragment}: {complaints:?}");
    let complaint = &complaints[0];
    assert_eq!((&*complaint.name, &*complaint.value), (name, value));
    let sentence = complaint.to_string();
    // Of a long value the first forty characters are quoted.
    let quoted: String = value.chars().take(40).collect();
    let cut = if quoted == value { "”" } else { "…”" };
    let quoted = format!("“{name}={quoted}{cut}");
    assert!(sentence.contains(&quoted) && sentence.contains(complaint.expected), "{sentence}");
}

#[test]
fn bad_values_are_complained_about() {
    let long = "x".repeat(fragment::LONGEST + 1);
    for fragment in [
        "lanes=",
        "lanes=http",
        "lanes=websocket.",
        "lanes=close.close.close.close.close",
        "scenario=chatter",
        "scenario=",
        "rtt=2001",
        "rtt=-1",
        "rtt=0x10",
        "rtt=1.5",
        "rtt=",
        "rtt=99999999999999999999999",
        "kbit=15",
        "kbit=10000001",
        "kbit=18446744073709551615",
        "down=15",
        "down=10000001",
        "down=",
        "jitter=1001",
        "jitter=-1",
        "loss=2001",
        "loss=1%",
        "tls=1.1",
        "tls=",
        "tls=TLS",
        "mss=535",
        "mss=8961",
        "iw=0",
        "iw=1001",
        "think=10001",
        "idle=999",
        "idle=600001",
        "idle=never",
        "poll=49",
        "poll=60001",
        "rate=0",
        "rate=51",
        "gap=19",
        "gap=60001",
        "binary=yes",
        "hold=99",
        "hold=120001",
        "heads=netscape",
        "cookie=4097",
        "add=NoColon",
        "add=:no name",
        "add=Two Words:x",
        "add=Host:elsewhere",
        "add=Content-Length:3",
        "add=Sec-WebSocket-Key:x",
        "messages=201",
        "messages=many",
        "size=0",
        "size=65537",
        "you=hello",
        "you=1:",
        "you=:hello",
        "you=600000001:late",
        "ben=x:hello",
        "ben=-1:hello",
        &format!("ben=1:{long}"),
    ] {
        check_complaint(fragment);
    }
    for fragment in ["t=x", "t=", "t=-1", "event=x", "event=4294967296"] {
        let (link, complaints) = Link::read(fragment);
        assert_eq!((link, complaints.len()), (Link::default(), 1), "{fragment}");
    }
}

#[test]
fn two_lines_are_no_message() {
    for breaks in ["%0A", "%0D", "%0D%0A"] {
        let (link, complaints) = Link::read(&format!("ben=1:one{breaks}two"));
        assert_eq!((link, complaints.len()), (Link::default(), 1), "{breaks}");
    }
}

#[test]
fn a_script_has_an_end() {
    let many = vec!["ben=1:again"; fragment::MOST_ADDED + 3].join("&");
    let (link, complaints) = Link::read(&many);
    assert_eq!((link.scenario.added.len(), complaints.len()), (fragment::MOST_ADDED, 3));
}

/// A link of a newer page: what is not known here is passed over in silence.
#[test]
fn unknown_names_are_passed_over() {
    for fragment in ["theme=dark", "x", "=", "=5", "RTT=5", "lanes[]=close"] {
        assert_eq!(Link::read(fragment), (Link::default(), Vec::new()), "{fragment}");
    }
}

#[test]
fn the_last_of_two_holds() {
    let (link, complaints) = Link::read("rtt=5&rtt=9");
    assert_eq!((link.scenario.network.round_trip, complaints.len()), (9_000, 0));
}
