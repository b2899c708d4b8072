# Icehouse in one container. The database lies on the volume /data: give it a local disk, never a network drive.
FROM node:24-slim

WORKDIR /app

COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts && npm cache clean --force

COPY src ./src
COPY migrations ./migrations
COPY flows ./flows

ENV NODE_ENV=production DATABASE_URL=file:/data/icehouse.sqlite PORT=3000
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node

EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]

# Node itself is the main process, so that it hears SIGTERM. Give it 30 seconds: docker stop --time 30.
CMD ["node", "src/cli.ts", "serve"]
