//! Whatever is asked and answered, the log says nothing of it.

use super::*;

#[tokio::test]
async fn no_flow_logs_a_token_a_body_or_a_query() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer({
            let log = log.clone();
            move || log.clone()
        })
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let server = Server::start(|_| answer("403 Forbidden", "text/plain", "canary-answer")).await;
    let mut order = order(&server, post_statement(), Some("canary-token"));
    order.task = Task::PostStatement {
        message: statement(),
        jws: Personal::new("canary.statement.x".to_owned()),
    };

    carry_out(&http(), &order).await.unwrap_err();
    order.task = Task::FetchRequest {
        href: server.at("/v1/requests?canary=query"),
    };
    carry_out(&http(), &order).await.unwrap_err();

    let log = log.text();
    assert!(
        log.contains("post_statement"),
        "it was logged at all: {log}"
    );
    let ours: Vec<_> = log
        .lines()
        .filter(|line| line.contains("operator_client"))
        .collect();
    assert!(
        ours.iter().all(|line| !line.contains("canary")),
        "{ours:#?}"
    );
    assert!(!log.contains("canary-token"), "{log}");
}

#[derive(Clone, Default)]
struct Log(Arc<std::sync::Mutex<Vec<u8>>>);

impl Log {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
