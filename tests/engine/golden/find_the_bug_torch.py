import torch

a = torch.tensor(-2.0, dtype=torch.float64, requires_grad=True)
b = torch.tensor(3.0, dtype=torch.float64, requires_grad=True)

d = a * b
e = a + b
f = d * e

for variable in [d, e, f]:
    variable.retain_grad()

f.backward()

print("f =", f.data)
print("a.grad =", a.grad)
print("b.grad =", b.grad)
