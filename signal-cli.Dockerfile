# signal-cli for the buddy bot: the official release, pinned by version and checksum, on a current Java, not as root.
#
#   docker build -f signal-cli.Dockerfile -t buddy-signal-cli .
#   docker run -d --name signal-cli -v signal-data:/var/lib/signal-cli -v signal-socket:/run/signal-cli buddy-signal-cli
#
# Link an account once, before the first start of the daemon (and start it again after linking: otherwise
# --trust-new-identities does not reach the new account):
#   docker run --rm -it -v signal-data:/var/lib/signal-cli buddy-signal-cli link -n Buddy
#
# The bot uses the socket through the shared volume: BUDDY_SIGNAL=unix:/run/signal-cli/socket
# Signal changes its protocol from time to time; releases older than about three months may stop working. When you
# raise the version, raise the checksum with it. 0.14.8 must not be used: its listDevices hangs.

FROM eclipse-temurin:25.0.4_7-jre AS release
ARG SIGNAL_CLI_VERSION=0.14.9
ARG SIGNAL_CLI_SHA256=c32b87f587198cbd277c9d71228716ee6047ee2b63e8e88728e8280d9407d65a
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates curl \
    && curl -fsSL -o /signal-cli.tar.gz \
       "https://github.com/AsamK/signal-cli/releases/download/v${SIGNAL_CLI_VERSION}/signal-cli-${SIGNAL_CLI_VERSION}.tar.gz" \
    && echo "${SIGNAL_CLI_SHA256}  /signal-cli.tar.gz" | sha256sum --check --strict \
    && mkdir /opt/signal-cli \
    && tar -xzf /signal-cli.tar.gz -C /opt/signal-cli --strip-components=1

FROM eclipse-temurin:25.0.4_7-jre
# socat speaks to the socket for the health check.
RUN apt-get update \
    && apt-get install -y --no-install-recommends socat \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10421 --home-dir /var/lib/signal-cli --shell /usr/sbin/nologin signal-cli \
    && install -d -o signal-cli -g signal-cli -m 0700 /var/lib/signal-cli \
    && install -d -o signal-cli -g signal-cli -m 0750 /run/signal-cli
COPY --from=release /opt/signal-cli /opt/signal-cli
USER signal-cli
VOLUME ["/var/lib/signal-cli", "/run/signal-cli"]
ENV JAVA_OPTS="-Xmx512m -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED"
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 \
    CMD echo '{"jsonrpc":"2.0","id":"health","method":"version"}' \
        | socat -t 5 - UNIX-CONNECT:/run/signal-cli/socket | grep -q '"version"'
# --scrub-log: without it the log names accounts, of whoever writes to a group after leaving it, say.
ENTRYPOINT ["/opt/signal-cli/bin/signal-cli", "--scrub-log", "--config", "/var/lib/signal-cli", "--trust-new-identities", "always"]
CMD ["daemon", "--socket", "/run/signal-cli/socket", "--receive-mode", "manual", "--no-receive-stdout"]
