// Charts: keep the drawing as a picture; fetch plotly only when a reader asks for the interactive figure.
const STYLES = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'font-size', 'font-family', 'font-weight']
const FONT = '"Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif'
const CONFIG = { showSendToCloud: false, displaylogo: false, locale: 'zh-CN', responsive: true }
const loaded = {}

function load(address) {
  if (!loaded[address]) {
    loaded[address] = new Promise((resolve, reject) => {
      const script = document.createElement('script')
      script.src = address
      script.onload = resolve
      script.onerror = () => {
        delete loaded[address]
        reject(new Error(address))
      }
      document.head.append(script)
    })
  }
  return loaded[address]
}

// Classes mean nothing outside the page: the copy carries what they computed to.
function standAlone(drawing) {
  const copy = drawing.cloneNode(true)
  const originals = drawing.querySelectorAll('*')
  copy.querySelectorAll('*').forEach((element, place) => {
    const computed = getComputedStyle(originals[place])
    STYLES.forEach((name) => element.setAttribute(name, computed.getPropertyValue(name)))
  })
  const { width, height } = drawing.getBoundingClientRect()
  copy.setAttribute('width', width)
  copy.setAttribute('height', height)
  return { source: new XMLSerializer().serializeToString(copy), width, height }
}

function paint(image, width, height, title) {
  const margin = 16
  const head = 36
  const canvas = document.createElement('canvas')
  canvas.width = 2 * (width + 2 * margin)
  canvas.height = 2 * (height + head + 2 * margin)
  const context = canvas.getContext('2d')
  context.scale(2, 2)
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.fillStyle = '#1b2633'
  context.font = `600 15px ${FONT}`
  context.fillText(title, margin, margin + 15)
  context.drawImage(image, margin, margin + head, width, height)
  return canvas
}

function keepPicture(drawing) {
  const { source, width, height } = standAlone(drawing)
  const title = drawing.getAttribute('aria-label')
  const image = new Image()
  image.onload = () => {
    paint(image, width, height, title).toBlob((blob) => {
      const link = document.createElement('a')
      link.href = URL.createObjectURL(blob)
      link.download = `${title}.png`
      link.click()
      URL.revokeObjectURL(link.href)
      URL.revokeObjectURL(image.src)
    })
  }
  image.src = URL.createObjectURL(new Blob([source], { type: 'image/svg+xml' }))
}

async function showPlot(chart, button) {
  const drawing = chart.querySelector('.chart-drawing')
  const plot = chart.querySelector('.chart-plot')
  const legend = chart.querySelector('.legend')
  function show(interactive) {
    drawing.hidden = interactive
    plot.hidden = !interactive
    if (legend) legend.hidden = interactive
    button.textContent = interactive ? '返回静态图' : '交互图'
  }
  if (drawing.hidden) {
    window.Plotly.purge(plot)
    show(false)
    return
  }
  button.disabled = true
  button.textContent = '正在载入…'
  try {
    await load(chart.dataset.plotly)
    await load(chart.dataset.locale)
  } catch (missing) {
    button.textContent = '载入失败，请重试'
    return
  } finally {
    button.disabled = false
  }
  const figure = JSON.parse(document.getElementById(chart.dataset.chart).textContent)
  figure.layout.font = { family: FONT, size: 13, color: '#1b2633' }
  show(true)
  await window.Plotly.newPlot(plot, figure.data, figure.layout, CONFIG)
}

document.querySelectorAll('[data-chart]').forEach((chart) => {
  const picture = chart.querySelector('[data-chart-picture]')
  const plot = chart.querySelector('[data-chart-plot]')
  plot.hidden = false
  if (picture) {
    picture.hidden = false
    picture.addEventListener('click', () => {
      const drawing = chart.querySelector('.chart-drawing svg')
      if (drawing) keepPicture(drawing)
    })
  }
  plot.addEventListener('click', () => showPlot(chart, plot))
})
