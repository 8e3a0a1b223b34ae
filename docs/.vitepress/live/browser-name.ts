// What the browser calls itself, such as `Chromium 156`.

interface Brand {
  readonly brand: string
  readonly version: string
}

export function browserName(navigator: Navigator): string {
  const { userAgent, userAgentData } = navigator as Navigator & {
    userAgentData?: { brands: Brand[] }
  }
  // One of the brands is made up, so that nobody relies on the list's order.
  const brand = userAgentData?.brands.find(({ brand }) => !/Not/.test(brand))
  if (brand) return `${brand.brand} ${brand.version}`
  const [, name, version] =
    /(Firefox|Version|Chrome)\/(\d+)/.exec(userAgent) ?? []
  if (name === undefined) return 'a browser'
  return `${name === 'Version' ? 'Safari' : name} ${version}`
}
