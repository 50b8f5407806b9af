# Builds and runs Turno on Node 24 (the sources need no more than 20.19).
# better-sqlite3 is compiled here, against the image's own Node headers: no prebuilt binary is fetched from anywhere.

FROM node:24-slim AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends python3 make g++ \
 && rm -rf /var/lib/apt/lists/*
ENV npm_config_nodedir=/usr/local npm_config_build_from_source=true npm_config_fund=false npm_config_audit=false
WORKDIR /app
# The dependencies change seldom: this layer, a minute of compiling, is kept until they do.
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
# Compiling needs the types, running does not.
RUN npm run build && npm prune --omit=dev

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/views ./views
COPY --from=build /app/public ./public
# The embedded database lives here; with DATABASE_URL set, little does.
RUN install -d -o node -g node -m 700 /data
VOLUME /data
USER node
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then((a) => process.exit(a.ok ? 0 : 1), () => process.exit(1))"]
# Exec form: node itself gets SIGTERM and finishes the requests in flight (up to 10 s, see compose.yaml).
CMD ["node", "--enable-source-maps", "dist/src/main.js"]
