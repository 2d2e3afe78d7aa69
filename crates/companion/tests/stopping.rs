//! Starting, stopping, and what the program says about it.
#![allow(clippy::unwrap_used)]

#[path = "support/client.rs"]
mod client;

use std::process::Stdio;
use std::time::Duration;

use client::{Client, Run, companion, plan};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::time::timeout;
use trace::scenario::{Transport, Workload};
use wire::{CloseBody, CloseCode, Frame};

fn code(unit: &wire::Unit) -> u16 {
    CloseBody::parse(&unit.content).unwrap().code.unwrap().0
}

#[tokio::test]
async fn every_open_web_socket_gets_1001() {
    let running = companion(|_| {}).await;
    let run = Run::open(running.address(), &plan(&[Transport::WebSocket], Workload::Echo, &[])).await;
    let mut clients =
        [Client::socket(running.address(), "/ws").await, Client::socket(run.lanes[0], "/ws").await];
    let stopping = tokio::spawn(running.stop());
    for client in &mut clients {
        assert_eq!(code(&client.unit().await), 1001);
        client.frame(Frame::close(Some(CloseCode::GOING_AWAY), "").unwrap()).await;
        assert!(client.maybe_unit().await.is_none());
        client.finish().await;
    }
    timeout(Duration::from_secs(10), stopping).await.unwrap().unwrap();
    tokio::net::TcpStream::connect(run.front).await.unwrap_err();
    tokio::net::TcpStream::connect(run.lanes[0]).await.unwrap_err();
}

#[tokio::test]
async fn the_end_of_a_run_closes_its_web_sockets() {
    let running = companion(|_| {}).await;
    let run = Run::open(running.address(), &plan(&[Transport::WebSocket], Workload::Echo, &[])).await;
    let mut client = Client::socket(run.lanes[0], "/ws").await;
    let ending = async {
        assert_eq!(code(&client.unit().await), 1001);
        client.frame(Frame::close(Some(CloseCode::GOING_AWAY), "").unwrap()).await;
        client.finish().await;
    };
    tokio::join!(run.end(), ending);
    running.stop().await;
}

#[tokio::test]
async fn clients_that_ignore_the_end_do_not_prevent_it() {
    let running = companion(|config| config.limits.grace = Duration::from_millis(50)).await;
    let run = Run::open(running.address(), &plan(&[Transport::WebSocket], Workload::Echo, &[])).await;
    let _clients =
        [Client::socket(running.address(), "/ws").await, Client::socket(run.lanes[0], "/ws").await];
    let _silent = Client::connect(running.address()).await;
    timeout(Duration::from_secs(10), running.stop()).await.unwrap();
}

fn program(arguments: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_companion"));
    command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    command.spawn().unwrap()
}

#[cfg(unix)]
#[tokio::test]
async fn the_program_says_where_it_listens_and_ends_well_when_told_to() {
    for signal in ["-INT", "-TERM"] {
        let mut child = program(&["--port", "0", "--lane-ports", "0"]);
        let mut out = BufReader::new(child.stdout.take().unwrap()).lines();
        let line = timeout(Duration::from_secs(10), out.next_line()).await.unwrap().unwrap().unwrap();
        let address =
            line.strip_prefix("listening: http://").and_then(|rest| rest.strip_suffix('/')).unwrap();
        let mut client = Client::socket(address.parse().unwrap(), "/ws").await;
        let told =
            Command::new("kill").args([signal, &child.id().unwrap().to_string()]).status().await.unwrap();
        assert!(told.success());
        assert_eq!(code(&client.unit().await), 1001, "{signal}");
        client.frame(Frame::close(Some(CloseCode::GOING_AWAY), "").unwrap()).await;
        client.finish().await;
        let ended = timeout(Duration::from_secs(10), child.wait()).await.unwrap().unwrap();
        assert_eq!(ended.code(), Some(0), "{signal}");
    }
}

#[tokio::test]
async fn what_hinders_the_program_is_told_in_one_sentence() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let rows: [(&[&str], i32, &str); 3] = [
        (
            &["--port", &port],
            1,
            &format!(
                "Port {port} is taken: stop the program that uses it, or choose another one with --port.\n"
            ),
        ),
        (
            &["--page", "/nowhere"],
            1,
            "There is no page in /nowhere: build it with `cargo xtask serve`, or name another folder with --page.\n",
        ),
        (&["--colour"], 2, "companion: there is no option \"--colour\". See companion --help.\n"),
    ];
    for (arguments, expected_code, expected) in rows {
        let mut child = program(arguments);
        let mut said = String::new();
        child.stderr.take().unwrap().read_to_string(&mut said).await.unwrap();
        let ended = timeout(Duration::from_secs(10), child.wait()).await.unwrap().unwrap();
        assert_eq!((ended.code(), said.as_str()), (Some(expected_code), expected), "{arguments:?}");
    }
}
