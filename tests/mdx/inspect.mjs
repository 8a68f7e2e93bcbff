// Reads pages as JSON from stdin, compiles each with the real compilers and prints what they understood.
//
//   in:   {"pages": [{"path": "...", "source": "...", "format": "mdx" | "md"}]}
//   out:  {"pages": [{"path": "...", "ok": true, "error": null, "engines": {"mdx": {...}, "satteri": {...}}}]}
//
// An "mdx" page goes through mdx-js (compiled, run and rendered, every component a stub) and through satteri (compiled);
// an "md" page goes through remark with GFM ("gfm"), which is what GitHub's Markdown is closest to in Node.
// All of them speak mdast, so one function reads the tree of each. tests/mdx_harness.py documents the fields.

import { text as readAll } from 'node:stream/consumers'
import { compile, run } from '@mdx-js/mdx'
import { parse as parseJavaScript } from 'acorn'
import remarkDirective from 'remark-directive'
import remarkFrontmatter from 'remark-frontmatter'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { mdxToJs, mdxToMdast } from 'satteri'
import { unified } from 'unified'
import * as htmlRuntime from './html-runtime.mjs'

const SATTERI_FEATURES = { directive: true }
const TAB_ELEMENTS = new Set(['TabItem', 'Tab', 'Tabs.Tab'])
const INLINE_TYPES = new Set(['text', 'inlineCode', 'link', 'emphasis', 'strong', 'delete', 'mdxJsxTextElement'])

const isJsx = (node) => node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement'
const isInline = ({ type }) => INLINE_TYPES.has(type)

/** Every node below `node`, itself included, in document order. */
function* walk(node) {
  yield node
  for (const child of node.children ?? []) yield* walk(child)
}

/** What a reader sees of a paragraph, a heading, a cell ...: its words and inline code, on one line. */
function inlineText(node) {
  if (node.type === 'text' || node.type === 'inlineCode') return node.value.replaceAll('\n', ' ')
  if (node.type === 'break') return ' '
  return (node.children ?? []).map(inlineText).join('')
}

/** One line for each block of prose, wherever it stands. */
function proseLines(node) {
  const children = node.children ?? []
  return children.some(isInline) ? [inlineText(node)] : children.flatMap(proseLines)
}

/** The statements of the page's ESM blocks. */
function esmStatements(nodes) {
  return nodes.flatMap(({ value }) =>
    parseJavaScript(value, { ecmaVersion: 'latest', sourceType: 'module' }).body.map((statement) => ({
      isImport: statement.type === 'ImportDeclaration',
      names: (statement.specifiers ?? []).map((specifier) => specifier.local.name),
      source: value.slice(statement.start, statement.end)
    }))
  )
}

/** A JSX element's attributes as strings; one without a value is "", an expression keeps its braces. */
function attributes(node) {
  const pairs = node.attributes.map(({ type, name, value }) => {
    if (type === 'mdxJsxExpressionAttribute') return [`{${value}}`, '']
    return [name, typeof value === 'object' && value !== null ? `{${value.value}}` : (value ?? '')]
  })
  return Object.fromEntries(pairs)
}

function attributeExpressions(node) {
  return node.attributes.flatMap(({ type, value }) => {
    if (type === 'mdxJsxExpressionAttribute') return [value]
    return typeof value === 'object' && value !== null ? [value.value] : []
  })
}

function expressions(node) {
  if (isJsx(node)) return attributeExpressions(node)
  return node.type === 'mdxFlowExpression' || node.type === 'mdxTextExpression' ? [node.value] : []
}

function tabGroup(node) {
  const tabs = node.children.filter((child) => TAB_ELEMENTS.has(child.name)).map(attributes)
  return { attributes: attributes(node), labels: tabs.map((tab) => tab.label ?? tab.title ?? tab.value ?? '') }
}

function list(node) {
  return { ordered: node.ordered, start: node.start ?? null, items: node.children.map((item) => proseLines(item).join('\n')) }
}

/** Starlight stops the build unless <Steps> holds exactly one ordered list. */
function steps(node) {
  const [only, ...others] = node.children
  if (others.length > 0 || only?.type !== 'list' || !only.ordered) {
    const found = node.children.map((child) => child.type).join(', ') || 'nothing'
    return { items: 0, start: null, error: `expected one ordered list in <Steps>, found ${found}` }
  }
  return { items: only.children.length, start: only.start, error: null }
}

function alertName(node) {
  return /^\[!(?<name>[A-Z]+)\]/.exec(inlineText(node.children[0] ?? {}))?.groups.name
}

function countBy(values) {
  const counts = {}
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1
  return counts
}

/** Everything the tests ask about a page, read from its mdast tree. */
function describe(tree) {
  const nodes = [...walk(tree)]
  const ofType = (...types) => nodes.filter((node) => types.includes(node.type))
  const elements = nodes.filter(isJsx)
  const statements = esmStatements(ofType('mdxjsEsm'))
  return {
    front_matter: ofType('yaml')[0]?.value ?? null,
    imports: statements.filter(({ isImport }) => isImport).map(({ source }) => source),
    other_esm: statements.filter(({ isImport }) => !isImport).map(({ source }) => source),
    expressions: nodes.flatMap(expressions),
    jsx: countBy(elements.map((node) => node.name ?? '')),
    attributes: elements.map((node) => ({ element: node.name ?? '', attributes: attributes(node) })),
    tabs: elements.filter(({ name }) => name === 'Tabs').map(tabGroup),
    steps: elements.filter(({ name }) => name === 'Steps').map(steps),
    lists: ofType('list').map(list),
    code: ofType('code').map(({ lang, meta, value }) => ({ language: lang ?? null, meta: meta ?? null, value })),
    inline_code: ofType('inlineCode').map(({ value }) => value),
    headings: ofType('heading').map((node) => ({ depth: node.depth, text: inlineText(node) })),
    links: ofType('link').map((node) => ({ url: node.url, text: inlineText(node) })),
    images: ofType('image', 'imageReference').map(({ url, identifier }) => url ?? identifier),
    directives: ofType('containerDirective', 'leafDirective', 'textDirective').map(({ name }) => name),
    html_nodes: ofType('html').map(({ value }) => value),
    alerts: ofType('blockquote').map(alertName).filter(Boolean),
    nodes: countBy(nodes.map(({ type }) => type)),
    text: proseLines(tree).join('\n')
  }
}

/** A stub for each component: imported names, and the elements' own names with their members (`Tabs.Tab`). */
function stubComponents(names) {
  const stubs = {}
  for (const name of names) {
    let owner = stubs
    const path = name.split('.')
    for (const [index, part] of path.entries()) {
      if (!Object.hasOwn(owner, part)) owner[part] = htmlRuntime.stub(path.slice(0, index + 1).join('.'))
      owner = owner[part]
    }
  }
  return stubs
}

/**
 * A remark plugin that describes the page to `found` and drops its imports.
 *
 * The page runs here without the site's packages; a component that is not imported comes from `props.components`.
 */
function collectAndDropImports(found) {
  return (tree) => {
    Object.assign(found, describe(tree))
    const blocks = tree.children.filter((node) => node.type === 'mdxjsEsm')
    found.components = esmStatements(blocks).flatMap(({ names }) => names).concat(Object.keys(found.jsx).filter(Boolean))
    for (const { data } of blocks) {
      data.estree.body = data.estree.body.filter((statement) => statement.type !== 'ImportDeclaration')
    }
  }
}

async function inspectWithMdx(source) {
  const found = {}
  const code = await compile(source, {
    outputFormat: 'function-body',
    remarkPlugins: [remarkFrontmatter, remarkGfm, remarkDirective, [collectAndDropImports, found]],
    elementAttributeNameCase: 'html',
    stylePropertyNameCase: 'css'
  })
  const { components, ...description } = found
  const page = await run(code, { ...htmlRuntime, baseUrl: import.meta.url })
  return { ...description, html: String(page.default({ components: stubComponents(components) })) }
}

// Satteri's compiler gives JavaScript and its parser gives the tree that was compiled. The module is not run: running
// mdx-js' one has shown what the page does.
function inspectWithSatteri(source) {
  mdxToJs(source, { features: SATTERI_FEATURES })
  return { ...describe(mdxToMdast(source, { features: SATTERI_FEATURES })), html: null }
}

function inspectWithGfm(source) {
  const tree = unified().use(remarkParse).use(remarkFrontmatter).use(remarkGfm).parse(source)
  return { ...describe(tree), html: null }
}

const ENGINES = {
  mdx: { mdx: inspectWithMdx, satteri: inspectWithSatteri },
  md: { gfm: inspectWithGfm }
}

async function inspectPage({ path, source, format }) {
  const engines = {}
  const errors = []
  for (const [name, inspect] of Object.entries(ENGINES[format])) {
    try {
      engines[name] = await inspect(source)
    } catch (error) {
      // A page is free to throw anything.
      errors.push(`${name}: ${error?.message ?? error}`)
    }
  }
  return { path, ok: errors.length === 0, error: errors.join('\n') || null, engines }
}

const { pages } = JSON.parse(await readAll(process.stdin))
const inspected = []
for (const page of pages) inspected.push(await inspectPage(page))
process.stdout.write(JSON.stringify({ pages: inspected }))
