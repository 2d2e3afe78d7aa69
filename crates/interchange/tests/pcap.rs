//! Captures: what goes out comes back with the same octets at the same times, whatever order its packets
//! are in; damaged files are read as far as they go; another's reader finds the same packets.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeMap;

use etherparse::{NetSlice, SlicedPacket, TransportSlice};
use interchange::{Imported, Origin, Run, Secrets, pcap};
use pcap_file::pcapng::{Block, PcapNgReader};
use proptest::prelude::*;
use trace::event::{Event, Layer};
use trace::scenario::{Network, Scenario, Tls, Transport, Workload};
use trace::sim::simulate;
use wire::Sender;

fn run(lanes: &[Transport], workload: Workload, network: Network) -> Run {
    let scenario = Scenario { lanes: lanes.to_vec(), network, ..Scenario::default() }.turned_to(workload);
    Run { trace: simulate(&scenario), scenario, origin: Origin::Simulated }
}

fn read(file: &[u8]) -> Imported {
    pcap::read("run.pcapng", file, &mut |_| ()).unwrap_or_else(|refusal| panic!("{refusal}"))
}

/// Of each connection, its units.
type Passed = BTreeMap<u16, Vec<(Sender, u64, Vec<u8>)>>;

/// The units of a lane as they passed the server: who sent each, its octets, when the last one passed.
/// Lanes are known by their first octets, connections by their order.
fn passed(run: &Run, lane: usize) -> Passed {
    let mut connections: BTreeMap<u16, Vec<_>> = BTreeMap::new();
    let carried = |event: &&std::rc::Rc<Event>| matches!(event.layer, Layer::Http | Layer::WebSocket);
    for event in run.trace.lane(lane).filter(carried) {
        let times = event.times;
        let last = match event.key.sender {
            Sender::Client => times.received_last.or(times.sent_last),
            Sender::Server => times.sent_last.or(times.received_last),
        };
        let octets = event.raw.as_ref().expect("octets").to_vec();
        let unit = (event.key.sender, last.expect("a time").at, octets);
        connections.entry(event.key.connection).or_default().push(unit);
    }
    for units in connections.values_mut() {
        units.sort_by_key(|unit| (unit.1, unit.0));
    }
    connections
}

fn comes_back(run: &Run) -> Result<(), TestCaseError> {
    let written = pcap::write(run, Secrets::Kept);
    prop_assert_eq!(&written.problems, &[]);
    let imported = read(&written.file);
    prop_assert_eq!(&imported.problems, &[]);
    prop_assert_eq!(imported.run.trace.lanes().len(), 1);
    let (out, back) = (passed(run, 0), passed(&imported.run, 0));
    let zero = |passed: &Passed| passed.values().flatten().map(|unit| unit.1).min().unwrap_or(0);
    let (begins, again) = (zero(&out), zero(&back));
    let since = |passed: Passed, zero: u64| {
        // Where two servers call each other, packets do not say who is at home on which side: there, and only
        // there, the client is whoever speaks first.
        let first = passed.values().flatten().min_by_key(|unit| unit.1).map(|unit| unit.0);
        let client = first.filter(|_| run.scenario.lanes == [Transport::Webhook]).unwrap_or(Sender::Client);
        let units = |units: Vec<(Sender, u64, Vec<u8>)>| {
            units
                .into_iter()
                .map(|(sender, at, octets)| (sender == client, at - zero, octets))
                .collect::<Vec<_>>()
        };
        let mut all: Vec<_> = passed.into_values().map(units).collect();
        all.sort();
        all
    };
    prop_assert_eq!(since(out, begins), since(back, again));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_run_comes_back(
        transport in 0..Transport::ALL.len(),
        workload in 0..Workload::ALL.len(),
        round_trip in 1_000_u64..300_000,
        kilobits in 100_u32..20_000,
    ) {
        let network = Network { round_trip, kilobits, ..Network::default() };
        comes_back(&run(&[Transport::ALL[transport]], Workload::ALL[workload], network))?;
    }

    /// Nothing panics, and every octet that is read was there.
    #[test]
    fn damaged_files_are_read_as_far_as_they_go(cut in 0_usize..60_000, flips in proptest::collection::vec((0_usize..60_000, any::<u8>()), 0..8)) {
        let mut file = pcap::write(&run(&[Transport::Persistent, Transport::WebSocket], Workload::Chat, Network::default()), Secrets::Kept).file;
        for (at, octet) in flips {
            let length = file.len();
            file[at % length] = octet;
        }
        file.truncate(cut.max(1));
        if let Ok(Imported { run, .. }) = pcap::read("run.pcapng", &file, &mut |_| ()) {
            let octets: usize = run.trace.events().iter().flat_map(|event| &event.raw).map(|raw| raw.len()).sum();
            prop_assert!(octets <= file.len());
        }
    }
}

/// What others make of our packets: headers, checksums, order.
#[test]
fn others_read_it() {
    let tls = Network { tls: Tls::V13, ..Network::default() };
    for network in [Network::default(), tls] {
        let run = run(&Transport::ALL[..4], Workload::Chat, network);
        let written = pcap::write(&run, Secrets::Kept);
        let mut reader = PcapNgReader::new(&written.file[..]).expect("a section");
        let (mut packets, mut last) = (0, 0);
        while let Some(block) = reader.next_block() {
            let Block::EnhancedPacket(packet) = block.expect("a block") else { continue };
            let at = packet.timestamp.as_micros();
            assert!(at >= last, "packet {packets} goes back in time");
            last = at;
            packets += 1;
            let sliced = SlicedPacket::from_ip(&packet.data).expect("IP");
            let (Some(NetSlice::Ipv4(ip)), Some(TransportSlice::Tcp(tcp))) = (sliced.net, sliced.transport)
            else {
                panic!("packet {packets} is not TCP over IPv4");
            };
            assert_eq!(ip.header().header_checksum(), ip.header().to_header().calc_header_checksum());
            let sum =
                tcp.calc_checksum_ipv4(ip.header().source(), ip.header().destination()).expect("a checksum");
            assert_eq!(tcp.checksum(), sum, "packet {packets}");
        }
        assert!(packets > 60, "{packets}");
    }
}

/// The same packets in any order that a network makes of them: late, twice, in pieces.
#[test]
fn disorder_changes_nothing() {
    let whole = run(&[Transport::WebSocket], Workload::Chat, Network::default());
    let written = pcap::write(&whole, Secrets::Kept).file;
    let mut reader = PcapNgReader::new(&written[..]).expect("a section");
    let mut packets: Vec<(u64, Vec<u8>)> = Vec::new();
    while let Some(block) = reader.next_block() {
        if let Block::EnhancedPacket(packet) = block.expect("a block") {
            packets.push((packet.timestamp.as_micros() as u64, packet.data.into_owned()));
        }
    }
    let octets = |run: &Run| passed(run, 0).into_values().flatten().map(|unit| unit.2).collect::<Vec<_>>();
    let expect = octets(&read(&written).run);
    let check = |name: &str, packets: &[(u64, Vec<u8>)], link: u32, head: &[u8], nanos: bool, big: bool| {
        let file = old(packets, link, head, nanos, big);
        let imported = read(&file);
        assert_eq!(imported.problems, [], "{name}");
        assert_eq!(octets(&imported.run), expect, "{name}");
    };
    check("raw", &packets, 101, &[], false, false);
    check("nanoseconds, the other order of octets", &packets, 101, &[], true, true);
    let ethernet = [&[0; 12][..], &[0x08, 0x00]].concat();
    check("Ethernet", &packets, 1, &ethernet, false, false);
    let tagged = [&[0; 12][..], &[0x81, 0x00, 0, 7, 0x08, 0x00]].concat();
    check("Ethernet with a tag", &packets, 1, &tagged, false, false);
    check("loopback of BSD", &packets, 0, &[2, 0, 0, 0], false, false);
    check("loopback of OpenBSD", &packets, 108, &[0, 0, 0, 2], false, false);
    check("Linux, cooked", &packets, 113, &[&[0; 14][..], &[0x08, 0x00]].concat(), false, true);
    check("Linux, cooked, version 2", &packets, 276, &[&[0x08, 0x00][..], &[0; 18]].concat(), true, false);
    let twice: Vec<_> = packets.iter().flat_map(|packet| [packet.clone(), packet.clone()]).collect();
    check("each twice", &twice, 101, &[], false, false);
    // Data of one side that overtake each other; the order between the two sides is that of the talk.
    let mut late = packets.clone();
    let data: Vec<usize> = (0..late.len()).filter(|&at| late[at].1.len() > 44).collect();
    for pair in data.windows(2) {
        let from = |at: usize| packets[at].1[12..16].to_vec();
        if from(pair[0]) == from(pair[1]) {
            late.swap(pair[0], pair[1]);
        }
    }
    check("overtaken", &late, 101, &[], false, false);
}

/// A file of the older format.
fn old(packets: &[(u64, Vec<u8>)], link: u32, head: &[u8], nanos: bool, big: bool) -> Vec<u8> {
    let number = |number: u32| if big { number.to_be_bytes() } else { number.to_le_bytes() };
    let magic = if nanos { 0xA1B2_3C4D } else { 0xA1B2_C3D4 };
    let mut file = [number(magic), [2, 0, 4, 0], [0; 4], [0; 4], number(262_144), number(link)].concat();
    for (at, octets) in packets {
        let fraction = (at % 1_000_000) as u32 * if nanos { 1_000 } else { 1 };
        let length = number((head.len() + octets.len()) as u32);
        file.extend([number((at / 1_000_000) as u32), number(fraction), length, length].concat());
        file.extend(head);
        file.extend(octets);
    }
    file
}

#[test]
fn what_cannot_be_read_is_said() {
    let good =
        pcap::write(&run(&[Transport::Persistent], Workload::Chat, Network::default()), Secrets::Kept).file;
    let refused = |file: &[u8], expect: &str| {
        let said = pcap::read("x", file, &mut |_| ()).expect_err("it was read").to_string();
        assert!(said.contains(expect), "{said}");
    };
    refused(b"", "choose a HAR");
    refused(b"GIF89a", "choose a HAR");
    refused(&good[..100], "no HTTP and no WebSocket");
    refused(&vec![0; 20_000_001], "This file has 21 MB; at most 20 MB");
    let cut = read(&good[..good.len() / 2]);
    assert!(
        cut.problems.iter().any(|problem| problem.to_string().contains("damaged or cut off")),
        "{:?}",
        cut.problems
    );
    // A packet in the middle is missing.
    let packets: Vec<usize> =
        (0..good.len() - 4).filter(|&at| good[at..at + 4] == [6, 0, 0, 0] && at % 4 == 0).collect();
    let data = packets.windows(2).filter(|pair| pair[1] - pair[0] > 200).nth(2).expect("data");
    let holed = [&good[..data[0]], &good[data[1]..]].concat();
    let said: Vec<String> = read(&holed).problems.iter().map(ToString::to_string).collect();
    assert!(said.iter().any(|it| it.contains("were not captured")), "{said:?}");
}

/// Two servers that call each other are one lane, whose client is who called first; where only one calls, and on
/// one host, where nobody can tell, they are not.
#[test]
fn two_servers_with_webhooks_are_one_lane() {
    let written =
        pcap::write(&run(&[Transport::Webhook], Workload::Chat, Network::default()), Secrets::Kept).file;
    let lanes =
        |file: &[u8]| read(file).run.trace.lanes().iter().map(|lane| lane.transport).collect::<Vec<_>>();
    assert_eq!(lanes(&written), [Transport::Webhook]);
    // The same on one host: each packet's addresses made 127.0.0.1.
    let mut reader = PcapNgReader::new(&written[..]).expect("a section");
    let mut packets: Vec<(u64, Vec<u8>)> = Vec::new();
    while let Some(block) = reader.next_block() {
        if let Block::EnhancedPacket(packet) = block.expect("a block") {
            let mut octets = packet.data.into_owned();
            octets[12..20].copy_from_slice(&[127, 0, 0, 1, 127, 0, 0, 1]);
            packets.push((packet.timestamp.as_micros() as u64, octets));
        }
    }
    let here = lanes(&old(&packets, 101, &[], false, false));
    assert!(!here.is_empty() && !here.contains(&Transport::Webhook), "{here:?}");
    let one_way =
        pcap::write(&run(&[Transport::Close], Workload::Chat, Network::default()), Secrets::Kept).file;
    assert_eq!(lanes(&one_way), [Transport::Close]);
}
