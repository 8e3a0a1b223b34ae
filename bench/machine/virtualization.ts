// Whether a machine is a virtual one, and on what, as far as Linux tells.

/**
 * Only names that many machines share: what else stands in a product name may
 * have been put there by its owner.
 */
const known: readonly [pattern: RegExp, name: string][] = [
  [/kvm/i, 'KVM'],
  [/qemu|standard pc/i, 'QEMU'],
  [/vmware/i, 'VMware'],
  [/virtualbox/i, 'VirtualBox'],
  [/parallels/i, 'Parallels'],
  [/hvm domu/i, 'Xen'],
  [/^virtual machine$/i, 'Hyper-V'],
  [/apple virtualization/i, 'Apple Virtualization'],
  [/google compute engine/i, 'Google Compute Engine'],
  [/openstack/i, 'OpenStack'],
  [/^droplet$/i, 'DigitalOcean'],
  // Of Amazon EC2, such as `m7i.large`.
  [
    /^[a-z]\d[a-z-]*\.(metal|\d*x?large|medium|small|micro|nano)$/,
    'Amazon EC2',
  ],
]

/** Takes the text of /proc/cpuinfo and of the DMI's product name. */
export function virtualizationOf(
  cpuinfo: string,
  productName?: string,
): string | undefined {
  const product = productName?.trim() ?? ''
  const name = known.find(([pattern]) => pattern.test(product))?.[1]
  const isGuest = /^flags\s*:.*\bhypervisor\b/m.test(cpuinfo)
  return name ?? (isGuest ? 'hypervisor' : undefined)
}
