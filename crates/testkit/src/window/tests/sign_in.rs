//! The pretend browser, tried on a sign-in of two pages that is played here.

use std::net::Ipv4Addr;

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};

use crate::window::Stage;

const SIGN_IN: &str = r#"<title>Kirjautuminen</title><h1>Kuka olet?</h1>
<form method="post" action="/approve"><input type="hidden" name="state" value="a&amp;b">
<p><input type="radio" name="resident" id="a" value="aino" checked><label for="a">Aino</label></p>
<p><label>Sirkka <input type="radio" name="resident" value="sirkka"></label></p>
<button name="answer" value="no">Hylkää</button>
<button name="answer" value="yes">Hyväksy</button></form>"#;

#[tokio::test]
async fn a_person_signs_in_and_is_led_back_to_the_app() {
    let stage = Stage::set();
    let base = serve().await;
    let opened = stage
        .command("xdg-open")
        .arg(format!("{base}/authorize?x=1"))
        .status()
        .unwrap();
    assert!(opened.success());

    let address = stage.browser().address(0).await;
    let page = stage.browser().visit(&address).await;
    assert_eq!(page.text, "Kuka olet? Aino Sirkka Hylkää Hyväksy");
    let page = page.choose("Sirkka").press("Hyväksy").await;

    assert_eq!(page.status, 200);
    assert_eq!(page.address.path(), "/cb");
    assert_eq!(
        page.text,
        "state=a%26b&resident=sirkka&answer=yes, session=1"
    );
    assert_eq!(stage.browser().addresses().len(), 1);
}

#[tokio::test]
#[should_panic(expected = "leads away from this computer")]
async fn the_browser_does_not_leave_this_computer() {
    Stage::set()
        .browser()
        .visit("http://mydata.example.fi/")
        .await;
}

/// Serves the two pages and returns where.
async fn serve() -> String {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let mut approved = String::new();
        while let Ok((stream, _)) = listener.accept().await {
            answer(stream, &mut approved).await;
        }
    });
    base
}

async fn answer(mut stream: TcpStream, approved: &mut String) {
    let request = read(&mut stream).await;
    let cookie = request
        .lines()
        .find_map(|line| line.strip_prefix("cookie: "));
    let cookie = cookie.unwrap_or_default();
    let (head, body) = if request.starts_with("GET /authorize") {
        (
            "200 OK\r\nset-cookie: session=1; HttpOnly",
            SIGN_IN.to_owned(),
        )
    } else if request.starts_with("POST /approve") {
        *approved = request.split("\r\n\r\n").nth(1).unwrap().to_owned();
        ("303 See Other\r\nlocation: /cb?code=1", String::new())
    } else {
        ("200 OK", format!("<p>{approved}, {cookie}"))
    };
    let length = body.len();
    let answer =
        format!("HTTP/1.1 {head}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}");
    stream.write_all(answer.as_bytes()).await.unwrap();
}

/// Reads a request to the end of its body.
async fn read(stream: &mut TcpStream) -> String {
    let mut request = String::new();
    let mut buffer = [0; 4096];
    loop {
        let length = stream.read(&mut buffer).await.unwrap();
        request.push_str(&String::from_utf8_lossy(&buffer[..length]));
        let Some((head, body)) = request.split_once("\r\n\r\n") else {
            continue;
        };
        let expected = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "))
            .map_or(0, |length| length.parse().unwrap());
        if length == 0 || body.len() >= expected {
            return request;
        }
    }
}
