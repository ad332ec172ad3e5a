#!/bin/sh
# Makes the certificates of the tests, valid for a hundred years: an authority, a server and a client of it, and a stranger.
set -eu
cd "$(dirname "$0")"
key() { openssl ecparam -name prime256v1 -genkey -noout -out "$1.key"; }
days=36500

key ca
openssl req -x509 -new -key ca.key -sha256 -days $days -subj '/CN=Test authority' -out ca.pem
issue() {
  key "$1"
  openssl req -new -key "$1.key" -subj "/CN=$2" -out "$1.csr"
  printf 'subjectAltName=%s\nextendedKeyUsage=serverAuth,clientAuth\n' "$3" > "$1.ext"
  openssl x509 -req -in "$1.csr" -CA ca.pem -CAkey ca.key -CAcreateserial -sha256 -days $days -extfile "$1.ext" -out "$1.pem"
  rm "$1.csr" "$1.ext"
}
issue server 'model server' 'DNS:model.test,DNS:localhost,IP:127.0.0.1'
issue renewed 'model server, renewed' 'DNS:model.test,DNS:localhost,IP:127.0.0.1'
issue client 'a client' 'DNS:client.test'
key stranger
openssl req -x509 -new -key stranger.key -sha256 -days $days -subj '/CN=Stranger' -addext 'subjectAltName=DNS:localhost,IP:127.0.0.1' -out stranger.pem
rm ca.key ca.srl
