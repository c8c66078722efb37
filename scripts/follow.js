// Preloaded by the launcher into what it starts: when the launcher is gone without a word (kill -9), stop cleanly.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()
