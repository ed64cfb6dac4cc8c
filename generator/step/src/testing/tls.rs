//! TLS in front of a server of this process, with a certificate that an authority of its own vouches for.

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use rcgen::{BasicConstraints, CertificateParams, IsCa, KeyPair};
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// How long one side is waited for before the other is looked at.
const TURN: Duration = Duration::from_millis(5);

/// What passes TLS on, until the test ends.
pub(crate) struct Tls {
    port: u16,
    /// The authority's certificate, as PEM.
    pub(crate) authority: String,
}

impl Tls {
    /// TLS for 127.0.0.1 in front of the server at `behind`.
    pub(crate) fn before(behind: SocketAddr) -> Self {
        let authority_key = KeyPair::generate().unwrap();
        let mut authority = CertificateParams::new(Vec::<String>::new()).unwrap();
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority = authority.self_signed(&authority_key).unwrap();
        let key = KeyPair::generate().unwrap();
        let certificate = CertificateParams::new(vec!["127.0.0.1".to_owned()])
            .unwrap()
            .signed_by(&key, &authority, &authority_key)
            .unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(
                vec![certificate.der().clone()],
                PrivateKeyDer::try_from(key.serialize_der()).unwrap(),
            )
            .unwrap();
        let config = Arc::new(config);
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        // Ends with the process: nothing of it is left to wait for.
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let config = Arc::clone(&config);
                thread::spawn(move || pass_on(client, config, behind));
            }
        });
        Self {
            port,
            authority: authority.pem(),
        }
    }

    /// The URL of something behind it.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("https://127.0.0.1:{}/{path}", self.port)
    }
}

/// Passes on what comes from both sides, in turn, until one has nothing more to say.
fn pass_on(client: TcpStream, config: Arc<ServerConfig>, behind: SocketAddr) {
    let mut server = TcpStream::connect(behind).unwrap();
    for socket in [&client, &server] {
        socket.set_read_timeout(Some(TURN)).unwrap();
        socket.set_nodelay(true).unwrap();
    }
    let mut client = StreamOwned::new(ServerConnection::new(config).unwrap(), client);
    let mut buffer = vec![0; 1 << 16];
    loop {
        match client.read(&mut buffer) {
            Ok(0) => return,
            Ok(count) if server.write_all(&buffer[..count]).is_err() => return,
            Ok(_) => {}
            Err(error) if is_turn(error.kind()) => {}
            Err(_) => return,
        }
        match server.read(&mut buffer) {
            Ok(0) => {
                client.conn.send_close_notify();
                let _ = client.flush();
                return;
            }
            Ok(count) if client.write_all(&buffer[..count]).is_err() => return,
            Ok(_) => {
                let _ = client.flush();
            }
            Err(error) if is_turn(error.kind()) => {}
            Err(_) => return,
        }
    }
}

fn is_turn(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::WouldBlock | ErrorKind::TimedOut)
}
