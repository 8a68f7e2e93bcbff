// The smallest JSX runtime that turns a page into HTML text: `Fragment`, `jsx` and `jsxs` are what compiled MDX asks for.
// A framework's renderer would do the same, with some megabytes and its own opinions about attributes.

const VOID_ELEMENTS = new Set(['br', 'hr', 'img', 'input'])

/** Finished HTML, as opposed to text that is still to be escaped. */
class Html {
  constructor(source) {
    this.source = source
  }

  toString() {
    return this.source
  }
}

const escape = (text) =>
  String(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

function renderChildren(children) {
  if (Array.isArray(children)) return children.map(renderChildren).join('')
  if (children === undefined || children === null || typeof children === 'boolean') return ''
  return children instanceof Html ? children.source : escape(children)
}

const renderStyle = (style) => Object.entries(style).map(([name, value]) => `${name}:${value}`).join(';')

function renderAttribute([name, value]) {
  if (value === undefined || value === null || value === false) return ''
  if (value === true) return ` ${name}`
  return ` ${name}="${escape(name === 'style' ? renderStyle(value) : value)}"`
}

function element(name, { children, ...attributes }) {
  const start = `<${name}${Object.entries(attributes).map(renderAttribute).join('')}>`
  return new Html(VOID_ELEMENTS.has(name) ? start : `${start}${renderChildren(children)}</${name}>`)
}

export const Fragment = ({ children }) => new Html(renderChildren(children))

export const jsx = (type, properties) => (typeof type === 'function' ? type(properties) : element(type, properties))

export const jsxs = jsx

/** A component that shows itself as an element of its own name, so that the HTML tells what it was given. */
export const stub = (name) => (properties) => element(name, properties)
