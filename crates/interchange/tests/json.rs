//! Our own format loses nothing, says what is wrong with others, and is what its schema says.
#![cfg(not(target_arch = "wasm32"))]

use interchange::json::{Document, FORMAT, VERSION};
use interchange::parcel::{Unpacker, pack};
use interchange::{Origin, Run, Secrets};
use proptest::prelude::*;
use serde_json::{Value, json};
use trace::scenario::{Network, Scenario, Tls, Transport, Workload};
use trace::sim::simulate;
use trace::trace::{Lane, Trace};

fn run(scenario: Scenario) -> Run {
    Run { trace: simulate(&scenario), scenario, origin: Origin::Simulated }
}

fn there_and_back(run: &Run) -> Run {
    let text = serde_json::to_string(&Document::of(run, Secrets::Kept)).expect("a run is JSON");
    serde_json::from_str::<Document>(&text)
        .expect("JSON is a document")
        .try_into()
        .expect("a document is a run")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_run_comes_back_equal(
        lanes in proptest::collection::vec(0..Transport::ALL.len(), 1..=4),
        workload in 0..Workload::ALL.len(),
        seed in 1_u64..1_000_000,
        loss in 0_u32..200,
        tls in any::<bool>(),
        binary in any::<bool>(),
    ) {
        let network = Network { loss, tls: if tls { Tls::V13 } else { Tls::Off }, ..Network::default() };
        let lanes = lanes.into_iter().map(|at| Transport::ALL[at]).collect();
        let scenario = Scenario { lanes, network, seed, binary, ..Scenario::default() }
            .turned_to(Workload::ALL[workload]);
        let run = run(scenario);
        prop_assert_eq!(there_and_back(&run), run.clone());
        prop_assert_eq!(unpacked(&run, 10_000), Some(run));
    }
}

/// As the page gets it from its worker.
fn unpacked(run: &Run, size: usize) -> Option<Run> {
    let mut parcel = Unpacker::default();
    pack(run, size, |_, piece| parcel.take(&piece).expect("a piece"));
    parcel.run()
}

#[test]
fn a_parcel_is_whole_or_none() {
    let run = run(Scenario::default());
    let mut pieces = Vec::new();
    pack(&run, 1, |part, piece| pieces.push((part, piece)));
    assert!(pieces.is_sorted_by(|a, b| a.0 <= b.0) && pieces.last().is_some_and(|last| last.0 == 1.0));
    assert!(pieces.len() > run.trace.events().len(), "a piece for each event");
    assert_eq!(unpacked(&run, usize::MAX).as_ref(), Some(&run));
    assert!(Unpacker::default().run().is_none(), "nothing has no head");
    // Whatever is left of a piece, it is not taken for one; and what it claims to hold costs nothing.
    let whole = pieces.iter().map(|(_, piece)| piece).max_by_key(|piece| piece.len()).expect("a piece");
    for cut in 1..whole.len() {
        assert!(Unpacker::default().take(&whole[..cut]).is_none(), "cut at {cut}");
    }
    for octet in 3..=255 {
        assert!(Unpacker::default().take(&[octet]).is_none());
        let _ = Unpacker::default().take(&[1, octet, octet, 255, 255, 255, 255, octet, 15]);
    }
}

#[test]
fn where_it_comes_from_stays() {
    for origin in [Origin::Live("the companion".to_owned()), Origin::File("a.har".to_owned())] {
        let mut run = Run { origin, ..run(Scenario::default()) };
        assert_eq!(there_and_back(&run), run);
        // As of a file of others.
        let lanes = run.trace.lanes().iter().zip(["a.example:80", "b.example:443"]);
        let lanes = lanes.map(|(lane, to)| Lane { to: Some(to.into()), ..lane.clone() }).collect();
        let events: Vec<_> = run.trace.events().iter().map(|event| (**event).clone()).collect();
        run.trace = Trace::witnessed(lanes, events.clone(), events, run.trace.script());
        assert_eq!(there_and_back(&run), run);
        assert_eq!(unpacked(&run, 5_000), Some(run));
    }
}

/// Each case changes one thing in a good document.
#[test]
fn what_is_wrong_is_said() {
    let good = serde_json::to_value(Document::of(&run(Scenario::default()), Secrets::Kept)).expect("JSON");
    let events = good["events"].as_array().expect("events");
    let http = events.iter().position(|event| event.get("raw").is_some()).expect("one with octets");
    let mut unknown = events[http].clone();
    unknown["unknown"] = json!([[0, 1_000_000]]);
    let check = |place: &str, value: Value, expect: &str| {
        let mut document = good.clone();
        *document.pointer_mut(place).expect("the place is there") = value;
        let said = match serde_json::from_value::<Document>(document) {
            Ok(document) => Run::try_from(document).expect_err("it was read").to_string(),
            Err(error) => error.to_string(),
        };
        assert!(said.contains(expect), "{place}: {said}");
    };
    check("/format", json!("har"), "not a run of Duplex");
    check("/version", json!(VERSION + 1), "open it with the Duplex that wrote it");
    check("/lanes", json!([]), "one to four lanes");
    check("/script", json!(u32::MAX), "more than any");
    check("/lanes", json!(["carrier-pigeon"]), "carrier-pigeon");
    check("/events/0/lane", json!(7), "there is no lane 7");
    check(&format!("/events/{http}/raw"), json!("?"), "not Base64");
    check(&format!("/events/{http}"), unknown, "unknown octets");
    check("/events/3/times/0", json!([1_u64 << 60, "simulated"]), "beyond");
    check("/events/3/octets/0", json!(u64::MAX), "beyond");
    check("/events/2/layer", json!("quic"), "quic");
}

/// A schema is for others; that it fits what is written is seen by a validator that is not ours.
#[test]
fn the_schema_fits() {
    let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/run.schema.json");
    let schema: Value =
        serde_json::from_str(&std::fs::read_to_string(schema).expect("it is there")).expect("JSON");
    assert_eq!(schema["properties"]["format"]["const"], FORMAT);
    assert_eq!(schema["properties"]["version"]["const"], VERSION);
    let schema = jsonschema::validator_for(&schema).expect("it is a schema");
    for transport in Transport::ALL {
        for workload in Workload::ALL {
            let lanes = vec![transport, Transport::WebSocket];
            let document = Document::of(
                &run(Scenario { lanes, ..Scenario::default() }.turned_to(workload)),
                Secrets::Stripped,
            );
            let value = serde_json::to_value(document).expect("JSON");
            let broken: Vec<String> =
                schema.iter_errors(&value).map(|it| format!("{}: {it}", it.instance_path())).collect();
            assert!(broken.is_empty(), "{}", broken.join("\n"));
        }
    }
    let mut wrong =
        serde_json::to_value(Document::of(&run(Scenario::default()), Secrets::Kept)).expect("JSON");
    wrong["events"][0]["layer"] = json!("quic");
    assert!(!schema.is_valid(&wrong), "the schema lets anything pass");
}
