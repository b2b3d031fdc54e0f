//! Who cannot prove to be the operator is not spoken to.

use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, date_time_ymd};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_rustls::TlsAcceptor;

use super::*;

#[tokio::test]
async fn a_server_that_the_system_trusts_is_spoken_to() {
    let authority = authority();
    let url = serve(&authority, |params| params).await;

    let answer = fetch_trusting(&authority, &url).await;

    assert_eq!(answer, Ok(serde_json::json!({})));
}

#[tokio::test]
async fn a_server_that_signed_for_itself_is_not_trusted() {
    let url = serve(&authority(), |params| params).await;

    let answer = fetch_at(&url, tight()).await;

    assert_eq!(answer, Err(Failure::Untrusted));
}

#[tokio::test]
async fn a_certificate_for_another_name_is_not_trusted() {
    let authority = authority();
    let url = serve(&authority, |_| {
        CertificateParams::new(vec!["operator.example.fi".to_owned()]).unwrap()
    })
    .await;

    assert_eq!(
        fetch_trusting(&authority, &url).await,
        Err(Failure::Untrusted)
    );
}

#[rstest]
#[case::run_out(2001, 2002)]
#[case::not_yet_begun(4001, 4002)]
#[tokio::test]
async fn a_certificate_outside_its_time_is_not_trusted(#[case] from: i32, #[case] to: i32) {
    let authority = authority();
    let url = serve(&authority, |mut params| {
        params.not_before = date_time_ymd(from, 1, 1);
        params.not_after = date_time_ymd(to, 1, 1);
        params
    })
    .await;

    assert_eq!(
        fetch_trusting(&authority, &url).await,
        Err(Failure::Untrusted)
    );
}

#[tokio::test]
async fn a_server_without_tls_is_not_spoken_to_under_https() {
    let server = Server::start(|_| answer("200 OK", "application/json", "{}")).await;
    let mut url = server.url.clone();
    url.set_scheme("https").unwrap();

    let failure = fetch_at(&url, tight()).await.unwrap_err();

    assert!(
        matches!(
            failure,
            Failure::Untrusted | Failure::Offline | Failure::TimedOut
        ),
        "{failure:?}"
    );
}

async fn fetch_trusting(
    authority: &CertifiedIssuer<'_, KeyPair>,
    url: &url::Url,
) -> Result<Value, Failure> {
    let root = reqwest::Certificate::from_pem(authority.pem().as_bytes()).unwrap();
    let http = Http::trusting(tight(), root);
    http.ask(&Ask::get(url.clone(), url)).await?.json("a test")
}

fn authority() -> CertifiedIssuer<'static, KeyPair> {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

/// Serves an empty object over TLS, with a certificate for 127.0.0.1 changed by `change`.
async fn serve(
    authority: &CertifiedIssuer<'_, KeyPair>,
    change: impl FnOnce(CertificateParams) -> CertificateParams,
) -> url::Url {
    let key = KeyPair::generate().unwrap();
    let params = change(CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap());
    let certificate: CertificateDer<'static> =
        params.signed_by(&key, authority).unwrap().der().clone();
    let provider = Arc::new(ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate],
            PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der())),
        )
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let url = format!("https://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(stream).await else {
                continue;
            };
            let _ = stream.read(&mut [0; 4096]).await;
            let text = format!("{OK}Content-Length: 2\r\nConnection: close\r\n\r\n{{}}");
            let _ = stream.write_all(text.as_bytes()).await;
            let _ = stream.shutdown().await;
        }
    });
    url.parse().unwrap()
}
