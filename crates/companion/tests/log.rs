//! What happens is written down and counted: who, when, how much, and never what was said.
#![allow(clippy::unwrap_used)]

#[path = "support/client.rs"]
mod client;
#[path = "support/program.rs"]
mod program;

use client::{Client, Run, ask, health, plan, status};
use program::Program;
use serde_json::{Value, json};
use trace::scenario::{Transport, Workload};

/// One run, one request that is refused, and one secret.
async fn visit(program: &Program) {
    let run = Run::open(program.address, &plan(&[Transport::Persistent], Workload::Echo, &[])).await;
    let mut client = Client::connect(run.lanes[0]).await;
    client.ask("POST", "/echo?n=1", &[("Cookie", "k=SECRET")], b"SECRET").await;
    run.end().await;
    client.finish().await;
    let answer = ask(program.address, "POST", "/echo?n=SECRET", &[b'x'; 101]).await;
    assert_eq!(status(&answer), 400);
    let answer = ask(program.address, "POST", "/echo", &[b'x'; 101]).await;
    assert_eq!(status(&answer), 413);
}

#[tokio::test]
async fn each_event_is_one_json_object() {
    let program = Program::start(&["--log", "json", "--max-content", "100", "--max-plan", "10000"]).await;
    visit(&program).await;
    let port = program.address.port();
    let (code, said) = program.stop().await;
    assert_eq!(code, Some(0));
    let lines: Vec<Value> = said.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let count = |message: &str| lines.iter().filter(|line| line["fields"]["message"] == message).count();
    assert_eq!((count("run opened"), count("run ended"), count("told to stop")), (1, 1, 1), "{said}");
    assert_eq!(count("opened"), count("closed"), "{said}");
    let refused = lines.iter().find(|line| line["fields"]["message"] == "refused").unwrap();
    assert_eq!(refused["fields"]["limit"], "content");
    let span = &refused["span"];
    assert!(span["client"].as_str().unwrap().starts_with("127.0.0.1:"), "{refused}");
    assert!(span["number"].is_u64() && span["port"] == json!(port), "{refused}");
    assert!(lines.iter().all(|line| line["timestamp"].is_string()), "{said}");
    assert!(!said.contains("SECRET"), "{said}");
}

#[tokio::test]
async fn each_event_is_one_line_of_text_or_none() {
    for (form, some) in [("text", true), ("off", false)] {
        let program = Program::start(&["--log", form]).await;
        visit_quietly(&program).await;
        let (_, said) = program.stop().await;
        assert_eq!(
            said.lines().any(|line| line.contains("opened") && line.contains("client=127.0.0.1")),
            some
        );
        assert_eq!(said.is_empty(), !some, "{said}");
    }
}

async fn visit_quietly(program: &Program) {
    assert_eq!(status(&ask(program.address, "GET", "/clock", b"").await), 200);
}

#[tokio::test]
async fn health_counts_what_happened() {
    let program = Program::start(&["--max-content", "100", "--max-plan", "10000"]).await;
    let before = health(program.address).await;
    visit(&program).await;
    let after = health(program.address).await;
    let more = |path: &str| {
        after.pointer(path).unwrap().as_u64().unwrap() - before.pointer(path).unwrap().as_u64().unwrap()
    };
    // Opening, echo, end, two refusals, and whoever asks.
    assert_eq!(more("/connections/total"), 6);
    assert_eq!((more("/runs/total"), more("/runs/open")), (1, 0));
    assert_eq!(more("/refused/content"), 1);
    assert_eq!(after["duplex"], "companion");
    assert!(after["uptime"].is_u64());
}

#[tokio::test]
async fn health_counts_every_octet() {
    let program = Program::start(&[]).await;
    let mut client = Client::connect(program.address).await;
    let mut counts = Vec::new();
    for _ in 0..3 {
        let answer = client.ask("GET", "/health", &[], b"").await;
        let health: Value = serde_json::from_slice(&answer.content).unwrap();
        counts.push((
            health["octets"].clone(),
            client.sent.len(),
            client.received.len() - answer.octets.len(),
        ));
    }
    for (octets, sent, received) in counts {
        assert_eq!(octets, json!({"in": sent, "out": received}));
    }
}
